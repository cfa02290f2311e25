import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'

const texts = { zh, en }
const cases = (['zh', 'en'] as const).flatMap((language) =>
  Object.entries(widths).map(([device, width]) => ({ language, device, width })),
)

describe.skipIf(chromiumPath() === null)('preference', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  const load = async (page: Page, sample: string) => {
    await open(page, '/origin')
    await page.locator('input[type=file]').setInputFiles(`data/samples/rcep/${sample}.json`)
  }

  test.each(cases)('a rate is looked up at every Party: $language, $device', async ({ language, width }) => {
    const page = await visit(browser, { language, width, as: 'enterprise' })
    const text = texts[language]
    await open(page, '/rcep?view=table&on=2026-06-01')
    await page.getByLabel(text.rcep.form.product).fill('85366900')
    await page.getByRole('button', { name: text.rcep.form.ask }).click()
    await page.waitForURL('**hs=85366900**')
    const { data } = await api(page, '/rcep/rate-table?hs=85366900&on=2026-06-01')
    const { rows } = data as {
      rows: { partner: string; years: { from: string; rates: { RCEP: string } }[] }[]
    }
    expect(rows).toHaveLength(14)
    const japan = rows.find(({ partner }) => partner === 'JP')?.years[0]
    const row = page.getByRole('row', { name: language === 'zh' ? /日本/ : /Japan/ })
    await row.waitFor()
    expect(japan?.rates.RCEP).toBeDefined()
    expect(await row.textContent()).toContain(
      text.rcep.rateWords[japan?.rates.RCEP ?? ''] ?? japan?.rates.RCEP,
    )
    expect(await page.getByText(text.preference.table.notLoaded).count()).toBeGreaterThan(5)
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width)
  })

  test.each(cases)('a failing bill is made to qualify: $language, $device', async ({ language, width }) => {
    const page = await visit(browser, { language, width, as: 'enterprise' })
    const text = texts[language]
    await load(page, 'chair-fails-narrowly')
    await page.locator('.verdict.fail').waitFor()
    const change = page.locator('.changes li').filter({ hasText: 'foam' })
    await change.getByText(language === 'zh' ? /最多可贵/ : /may cost up to/).waitFor()
    await change.getByRole('button').click()
    await page.locator('.verdict.pass').waitFor()
    await page.getByRole('heading', { name: text.preference.bill.sensitivity.title }).waitFor()
    await page.getByRole('heading', { name: text.origin.certificate.title }).waitFor()
  })

  test.each(cases)(
    'a certificate sheet is filled in and printed: $language, $device',
    async ({ language, width }) => {
      const page = await visit(browser, { language, width, as: 'enterprise' })
      const text = texts[language]
      await load(page, 'table-passes-by-cumulation')
      await page.locator('.verdict.pass').waitFor()
      await page.getByRole('link', { name: text.preference.bill.certificate }).click()
      const box = (number: number) =>
        page.getByRole('region', { name: text.preference.certificate.box(number), exact: true })
      await box(10).waitFor()
      expect([await box(10).textContent(), await box(11).textContent()]).toEqual([
        expect.stringContaining('RVC ACU'),
        expect.stringContaining('China'),
      ])
      await box(1).getByRole('textbox').fill('Qifeng Bamboo, Qingshan, China')
      await page.reload()
      await box(1).waitFor()
      expect(await box(1).getByRole('textbox').inputValue()).toBe('Qifeng Bamboo, Qingshan, China')
      const file = await page.pdf({ format: 'A4' })
      // One sheet: the number of pages as the file states it.
      expect(/\/Count (\d+)/.exec(file.toString('latin1'))?.[1]).toBe('1')
    },
  )

  test('a pass without a word on the work or on a proof says what must be settled, and saves nothing before the number is known', async () => {
    const page = await visit(browser, { as: 'enterprise' })
    const labels = zh.preference.bill
    const draft = {
      good: { hs: '280910', edition: '2022', producedIn: 'CN', fob: '100', currency: 'USD' },
      importer: 'JP',
      on: '2026-07-01',
      materials: [
        { id: 'a', hs: '251010', value: '40', origin: { status: 'non-originating', country: 'MA' } },
        { id: 'b', hs: '280700', value: '30', origin: { status: 'originating', party: 'KR' } },
      ],
    }
    await open(page, '/origin')
    await page.evaluate((kept) => localStorage.setItem('tradewind.origin', kept), JSON.stringify(draft))
    await page.reload()
    const verdict = page.locator('.verdict.pass')
    await verdict.getByText(labels.conditions(2)).waitFor()
    await verdict.getByText(labels.savingNeedsPieces).waitFor()
    expect(await page.getByText(/免提交原产地证明/).count()).toBe(0)
    await page.getByLabel(labels.pieces).fill('1000')
    await verdict.getByText('1,800.00 USD').waitFor()
    // The Appendix is the other point: once it is said, the work is left.
    await page.getByRole('radio', { name: labels.claim.listedStates.no }).click()
    await verdict.getByText(labels.conditions(1)).waitFor()
  })

  test('questions, one after the other, lead to the verdict of the editor', async () => {
    const page = await visit(browser, { as: 'enterprise' })
    const labels = zh.preference.interview
    await load(page, 'chair-fails-narrowly')
    await page.locator('.verdict.fail').waitFor()
    await open(page, '/origin/questions')
    for (const question of Object.values(labels.questions)) {
      await page.getByRole('heading', { name: question }).waitFor()
      const isLast = question === labels.questions.proof
      await page.getByRole('button', { name: isLast ? labels.finish : labels.next }).click()
    }
    await page.locator('.verdict.fail').waitFor()
    await page.getByRole('button', { name: labels.edit }).click()
    await page.waitForURL('**/origin')
    await page.locator('.verdict.fail').waitFor()
  })

  test('a question is not passed before it is answered, and what is wholly obtained is not asked for materials', async () => {
    const page = await visit(browser, { language: 'en', as: 'enterprise' })
    const labels = en.preference.interview
    await open(page, '/origin/questions')
    await page.getByRole('button', { name: labels.next }).click()
    await page.getByRole('alert').getByText(labels.needed).waitFor()
    await open(page, '/origin/questions?q=4')
    await page.getByText(en.preference.interview.whollyYes, { exact: true }).click()
    await page.getByText(labels.progress(4, 6)).waitFor()
    await page.getByRole('button', { name: labels.next }).click()
    await page.getByRole('alert').getByText(labels.needed).waitFor()
    await page.getByLabel(labels.ground).click()
    await page.getByTitle(labels.grounds.plants).click()
    await page.getByRole('button', { name: labels.next }).click()
    await page.getByRole('heading', { name: labels.questions.way }).waitFor()
  })

  test('a firm sees its own matrix, an officer that of the firm chosen, with the sums of the API', async () => {
    const firm = await visit(browser, { as: 'enterprise' })
    await open(firm, '/matrix')
    const own = (await api(firm, '/rcep/opportunities?flow=export&currency=USD')).data as {
      name: string
      enterprise: string
      products: { hs: string }[]
    }
    await firm.getByRole('heading', { level: 1, name: `${own.name} ${own.products.length} 种商品` }).waitFor()
    expect(await firm.locator('.matrix tbody tr').count()).toBe(own.products.length)
    const officer = await visit(browser, { as: 'officer' })
    await open(officer, '/matrix')
    await officer.getByText(zh.preference.matrix.chooseFirst, { exact: true }).waitFor()
    await open(officer, `/matrix?firm=${own.enterprise}`)
    await officer
      .locator('.matrix tbody tr')
      .nth(own.products.length - 1)
      .waitFor()
    expect(await officer.locator('.matrix tbody tr').count()).toBe(own.products.length)
  })

  test('the ledger ranks what could be saved and exports it; a firm may not see it', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/ledger')
    const { data, meta } = (await api(page, '/rcep/ledger?flow=export&currency=USD')) as unknown as {
      data: { cells: { hs: string; saving: { most: string } }[] }
      meta: { total: number }
    }
    expect(meta.total).toBeGreaterThan(0)
    await page.getByText(/RCEP 独有节省最多.*其他协定/).waitFor()
    const rows = page.locator('.plain-table tbody tr')
    await rows.nth(data.cells.length - 1).waitFor()
    expect(await rows.count()).toBe(data.cells.length)
    expect(await rows.first().textContent()).toContain(data.cells[0]?.hs)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /CSV/ }).click()
    expect((await download).suggestedFilename()).toBe('ledger.csv')
    const firm = await visit(browser, { as: 'enterprise' })
    await open(firm, '/ledger')
    await firm.getByRole('heading', { name: zh.noPermission.title }).waitFor()
  })
})
