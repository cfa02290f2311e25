import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workbookTemplate } from '../../src/enterprises/bill-template.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

const texts = { zh, en }
const ownPages = [
  ...['/my-trade', '/my-trade?months=table', '/my-products', '/my-products?tab=bills'],
  ...['/my-products?tab=suppliers', '/my-warnings', '/questions', '/events'],
]

describe.skipIf(chromiumPath() === null)('the enterprise portal', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`a firm asks the bureau with a file, is answered, and sees it: ${language}, ${device}`, async () => {
        const text = texts[language].portal
        const labels = text.questions
        const title = `cumulation ${language} ${device}`
        const firm = await visit(browser, { language, width, as: 'enterprise' })
        await open(firm, '/questions')
        await firm.getByRole('button', { name: labels.ask, exact: true }).click()
        const form = firm.getByRole('dialog')
        await form.getByLabel(labels.heading).fill(title)
        await form.getByLabel(labels.body).fill('May parts from Viet Nam be cumulated?')
        await form
          .getByLabel(labels.file)
          .setInputFiles({ name: 'parts.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
        await form.getByRole('button', { name: labels.send }).click()
        await firm.getByRole('heading', { level: 2, name: title }).waitFor()
        await firm.getByRole('link', { name: 'parts.csv' }).waitFor()

        const bureau = await visit(browser, { language, width, as: 'officer' })
        await open(bureau, '/questions?state=waiting')
        await bureau.getByRole('button', { name: title }).click()
        await bureau.getByRole('heading', { level: 2, name: title }).waitFor()
        const download = bureau.waitForEvent('download')
        await bureau.getByRole('link', { name: 'parts.csv' }).click()
        expect((await download).suggestedFilename()).toBe('parts.csv')
        await bureau.getByLabel(labels.reply, { exact: true }).fill('Yes, with a proof of origin.')
        await bureau.getByRole('button', { name: labels.reply, exact: true }).click()
        await bureau.getByText('Yes, with a proof of origin.').waitFor()

        await firm.reload()
        await firm.getByText('Yes, with a proof of origin.').waitFor()
        await firm.getByRole('button', { name: labels.close, exact: true }).click()
        await firm.getByRole('button', { name: labels.reopen, exact: true }).waitFor()
        const mails = (await api(bureau, '/warnings/mails')).data as Record<
          'reason' | 'subject' | 'recipient',
          string
        >[]
        const told = mails.filter(({ reason, subject }) => reason === 'question' && subject.includes(title))
        // the bureau may have more people than the sample: asked and closed are told to each, the answer to the firm
        const [firmAddress, officer] = ['enterprise@qingshan.example', 'officer@qingshan.example']
        const heard = told.map(({ recipient }) => recipient)
        expect(heard.filter((one) => one === firmAddress)).toHaveLength(1)
        expect(heard.filter((one) => one === officer)).toHaveLength(2)
      })
    }
  }

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`every page of a firm is accessible and fits: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language, width, as: 'enterprise' })
        const found: Record<string, unknown> = {}
        for (const path of ownPages) {
          await open(page, path)
          found[path] = [await violationsOn(page), await overflows(page)]
        }
        expect(found).toEqual(Object.fromEntries(ownPages.map((path) => [path, [[], false]])))
      }, 180_000)
    }
  }

  test('own trade shows the figures of the API and no other firm’s', async () => {
    const page = await visit(browser, { as: 'enterprise', language: 'en' })
    await open(page, '/')
    await page.waitForURL('**/my-trade')
    const { enterpriseId } = (await api(page, '/session')).data as { enterpriseId: string }
    const { products } = (await api(page, `/enterprises/${enterpriseId}/trade?flow=export&currency=USD`))
      .data as { products: { code: string }[] }
    await page
      .getByRole('row')
      .filter({ hasText: products[0]?.code ?? '' })
      .first()
      .waitFor()
    const other = await page.request.get('/api/v1/enterprises/9901260333/trade')
    expect(other.status()).toBe(404)
  })

  test('a filled-in template is refused cell by cell, kept when it is right, and opens in the editor', async () => {
    const labels = zh.portal.bills
    const page = await visit(browser, { as: 'enterprise' })
    await open(page, '/my-products?tab=bills')
    await page.getByRole('button', { name: labels.upload }).click()
    const form = page.getByRole('dialog')
    const wrong = Buffer.from('id,hs,value,origin\r\n1,84,40,unknown\r\n')
    const choose = form.getByLabel(labels.choose)
    await choose.setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer: wrong })
    await form.getByText(labels.wrong(1)).waitFor()
    await form.getByRole('rowheader', { name: 'B2' }).waitFor()
    const right = {
      name: 'bill.xlsx',
      mimeType: 'application/octet-stream',
      buffer: await workbookTemplate(),
    }
    await choose.setInputFiles(right)
    await form.getByText(labels.read(1)).waitFor()
    await form.getByLabel(labels.name).fill('轴承件')
    await form.getByLabel(labels.good).fill('87089390')
    await form.getByLabel(labels.fob).fill('413')
    await form.getByRole('button', { name: labels.keep }).click()
    await page.getByRole('button', { name: `${labels.open}：轴承件` }).click()
    await page.waitForURL('**/origin')
    await page.getByRole('group', { name: /1/ }).first().waitFor()
    expect(await page.getByLabel(zh.origin.form.fob).inputValue()).toBe('413')
  })

  test('the bureau invites to a training, a firm signs up, and the bureau sees who comes', async () => {
    const labels = en.portal.events
    const bureau = await visit(browser, { as: 'officer', language: 'en' })
    await open(bureau, '/events')
    await bureau.getByRole('button', { name: labels.newEvent }).click()
    await fill(bureau, {
      [labels.heading]: 'Rules of origin',
      [labels.body]: 'In practice',
      [labels.place]: 'Room 3',
      [labels.starts]: '2036-12-08T09:00',
      [labels.deadline]: '2036-12-05T17:00',
    })
    await bureau.getByRole('dialog').getByRole('button', { name: en.portal.save }).click()
    await bureau.getByRole('heading', { level: 3, name: /Rules of origin/ }).waitFor()
    const firm = await visit(browser, { as: 'enterprise', language: 'en', width: widths.phone })
    await open(firm, '/events')
    await firm.getByRole('button', { name: `${labels.signUp}: Rules of origin` }).click()
    await fill(firm, { [labels.contact]: 'Wang', [labels.phone]: '0571-12345678' })
    await firm.getByRole('dialog').getByRole('button', { name: en.portal.save }).click()
    await firm.getByText(labels.signedUp(1, 'Wang')).waitFor()
    await bureau.getByRole('button', { name: `${labels.list}: Rules of origin` }).click()
    await bureau.getByRole('cell', { name: '0571-12345678' }).waitFor()
  })
})

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByRole('dialog').getByLabel(label, { exact: true }).fill(value)
}
