import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { gb18030 } from '../ingest/encode.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'
import { violationsOn } from './page-faults.ts'

const texts = { zh, en }
const header = '数据年月,商品编码,贸易伙伴编码,贸易方式编码,第一数量,第一计量单位,美元\n'
const good = (value: number) =>
  `${header}202201,61091000,116,10,5,件,${value}\n202201,09021010,502,10,7,千克,"1,000"\n`
const broken = (value: number) =>
  `${good(value)}202201,6109100,116,10,5,件,7\n202201,61091000,116,10,5.3E+17,件,7\n202201,61091000,116\n`

async function drop(page: Page, name: string, bytes: Uint8Array | string): Promise<Locator> {
  await page.locator('.drop-zone input[type=file]').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(bytes),
  })
  return page.getByRole('region', { name: new RegExp(`^${name.replace('.', '\\.')}`) })
}

async function overflow(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  ) as Promise<boolean>
}

describe.skipIf(chromiumPath() === null)('the import wizard', { timeout: 180_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  let value = 100
  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`loads a month after a broken file, and takes it back: ${language}, ${device}`, async () => {
        const text = texts[language]
        const { wizard } = text
        value += 1
        const page = await visit(browser, { language, width, as: 'officer' })
        await open(page, '/imports')

        const bad = await drop(page, `出口-${value}-bad.csv`, gb18030(broken(value)))
        await bad.getByRole('heading', { name: wizard.rejects.title('3') }).waitFor()
        const reason =
          language === 'zh' ? '该行有 3 个单元格，表头有 7 个' : 'the row has 3 cells, the header 7'
        await bad.getByText(reason).waitFor()
        const address = await bad.getByRole('link', { name: wizard.rejects.download }).getAttribute('href')
        const csv = await page.request.get(address ?? '')
        expect((await csv.text()).split('\r\n').length).toBe(5)
        expect(await violationsOn(page)).toEqual([])
        expect(await overflow(page)).toBe(false)
        await bad.getByRole('button', { name: wizard.discard }).click()
        await bad.getByText(wizard.discarded).waitFor()
        await bad.getByRole('button', { name: wizard.removeOf(`出口-${value}-bad.csv`) }).click()

        const name = `出口-${value}.csv`
        const card = await drop(page, name, gb18030(good(value)))
        await card.getByText(text.imports.meanings.loaded).waitFor()
        const { data } = await api(page, '/imports?limit=1')
        const [preview] = data as { id: number; report: { totals: { value: string }[] } }[]
        expect(preview?.report.totals[0]?.value).toBe(String(value + 1000))
        await card
          .getByText(`${(value + 1000).toLocaleString('en')}.00`, { exact: true })
          .first()
          .waitFor()
        await card.getByRole('button', { name: wizard.confirm }).click()
        await card.getByText(wizard.loadedNow('2')).waitFor()

        await page.getByRole('button', { name: wizard.undo.buttonOf(name) }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByText(wizard.undo.statement).waitFor()
        await dialog.getByText(`${(value + 1000).toLocaleString('en')}.00 USD`).waitFor()
        await dialog.getByText(wizard.undo.none).waitFor()
        await dialog.locator('.ant-btn-dangerous').click()
        await dialog.waitFor({ state: 'hidden' })
        await page
          .getByRole('row', { name: new RegExp(name) })
          .getByText(text.imports.states.undone, { exact: true })
          .filter({ visible: true })
          .waitFor()
        const after = (await api(page, `/imports/${preview?.id}`)).data as { state: string; undoneBy: string }
        expect(after).toMatchObject({ state: 'undone', undoneBy: expect.any(String) })
        expect(await overflow(page)).toBe(false)
      })
    }
  }

  test('asks what it cannot tell, and compares with the control total', async () => {
    const { wizard } = zh
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/imports')
    const card = await drop(page, 'march.csv', good(55))
    await card.getByRole('alert').getByText('表中和文件名都看不出是出口还是进口').waitFor()
    await card.getByLabel(wizard.options.flow).click()
    await page.locator('.ant-select-dropdown:visible').getByText(zh.flows.export, { exact: true }).click()
    await card.getByLabel(wizard.options.controlTotal).fill('1054')
    await card.getByRole('button', { name: wizard.again }).click()
    await card.getByText(wizard.disagrees).waitFor()
    await card.getByText('填写 1,054.00，文件合计 1,055.00，相差 1.00。').waitFor()
    expect(await card.getByRole('button', { name: wizard.confirm }).count()).toBe(0)
    await card.getByRole('button', { name: wizard.discard }).click()
    await card.getByText(wizard.discarded).waitFor()
  })

  test('reads a file nobody knows by the meaning of its columns, kept under a name', async () => {
    const { wizard } = zh
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/imports')
    const text =
      'Commodity,Country,Time,Customs Value (Gen) ($US)\n"854140 Diodes",Japan,March 2022,"1,234"\n"854140 Diodes",China,March 2022,"66"\n'
    const card = await drop(page, 'usa.csv', text)
    await card.getByRole('button', { name: wizard.mapping.start }).click()
    const constants = card.getByRole('group', { name: wizard.mapping.constants })
    await constants.getByLabel(wizard.mapping.flow).click()
    await page.locator('.ant-select-dropdown:visible').getByText(zh.flows.import, { exact: true }).click()
    await card.getByRole('cell', { name: '1,234.00 USD' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await card.getByLabel(wizard.mapping.name).fill('usa-trade')
    await card.getByRole('button', { name: wizard.mapping.save }).click()
    await card.getByText('1,300.00', { exact: true }).first().waitFor()
    await card.getByRole('button', { name: wizard.discard }).click()
    await card.getByText(wizard.discarded).waitFor()
  })
})
