import { utils, write } from '@e965/xlsx'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { gb18030 } from '../ingest/encode.ts'
import { chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'
import { violationsOn } from './page-faults.ts'

const texts = { zh, en }

async function drop(page: Page, name: string, bytes: Uint8Array | string): Promise<Locator> {
  await page.locator('.drop-zone input[type=file]').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  })
  return page.getByRole('region', { name: new RegExp(`^${name.replace('.', '\\.')}`) })
}

async function choose(page: Page, box: Locator, option: string): Promise<void> {
  await box.click()
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option-content')
  await options.getByText(option, { exact: true }).click()
}

function workbook(value: number): Uint8Array {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['only a note']]), 'Notes')
  const rows = [
    ['Commodity', 'Country', 'Time', 'USD'],
    ['854140', 'Japan', '2022-03', value],
  ]
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Data')
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }))
}

describe.skipIf(chromiumPath() === null)('a file sent once', { timeout: 180_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  let value = 4000
  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      const text = texts[language]
      const { wizard } = text

      test(`is read again without being sent again: ${language}, ${device}`, async () => {
        value += 1
        const page = await visit(browser, { language, width, as: 'officer' })
        await open(page, '/imports')
        const sent: string[] = []
        page.on('request', (request) => {
          if (request.method() === 'POST') sent.push(new URL(request.url()).pathname.replace(/\/\d+/, '/N'))
        })
        const card = await drop(
          page,
          `wan-${value}.csv`,
          gb18030(`年月,税号,人民币（万元）\n202201,09021010,${value}\n`),
        )
        await card.getByRole('alert').getByText(wizard.question).waitFor()
        await choose(page, card.getByLabel(wizard.options.flow), text.flows.export)
        await card.getByRole('button', { name: wizard.again }).click()
        await card.getByText(text.imports.meanings.loaded).waitFor()
        await card
          .getByText(`${(value * 10_000).toLocaleString('en')}.00`, { exact: true })
          .first()
          .waitFor()
        expect(sent).toEqual(['/api/v1/imports', '/api/v1/imports/N/read'])
        await card.getByRole('button', { name: wizard.discard }).click()
        await card.getByText(wizard.discarded).waitFor()
      })

      test(`of a workbook a sheet is chosen and its columns described: ${language}, ${device}`, async () => {
        value += 1
        const page = await visit(browser, { language, width, as: 'officer' })
        await open(page, '/imports')
        const card = await drop(page, `usa-${value}.xlsx`, workbook(value))
        await card.getByRole('button', { name: wizard.mapping.start }).click()
        await choose(page, card.locator('.mapping').getByLabel(wizard.options.sheet), 'Data')
        const constants = card.getByRole('group', { name: wizard.mapping.constants })
        await choose(page, constants.getByLabel(wizard.mapping.flow), text.flows.import)
        await card.getByText(`${value.toLocaleString('en')}.00 USD`).waitFor()
        expect(await violationsOn(page)).toEqual([])
        await card.getByLabel(wizard.mapping.name).fill(`book-${value}`)
        await card.getByRole('button', { name: wizard.mapping.save }).click()
        await card
          .getByText(`${value.toLocaleString('en')}.00`, { exact: true })
          .first()
          .waitFor()
        await card.getByRole('button', { name: wizard.discard }).click()
        await card.getByText(wizard.discarded).waitFor()
      })

      test(`is taken off the list when it was refused: ${language}, ${device}`, async () => {
        value += 1
        const name = `page-${value}.csv`
        const page = await visit(browser, { language, width, as: 'officer' })
        await open(page, '/imports')
        const card = await drop(page, name, `<!doctype html><html><body>${value}</body></html>`)
        await card.getByText(language === 'zh' ? '这是网页，不是表格' : 'a web page, not a table').waitFor()
        expect(await card.getByRole('button', { name: wizard.mapping.start }).count()).toBe(0)
        await choose(
          page,
          page.getByLabel(wizard.history.show, { exact: true }),
          wizard.history.shows.refused,
        )
        await page.getByText(wizard.history.expires).waitFor()
        await page.getByRole('button', { name: wizard.history.dismissOf(name) }).click()
        await page
          .getByRole('button', { name: wizard.history.dismissOf(name) })
          .waitFor({ state: 'detached' })
        await choose(
          page,
          page.getByLabel(wizard.history.show, { exact: true }),
          wizard.history.shows.dropped,
        )
        await page.getByRole('row', { name: new RegExp(name) }).waitFor()
        expect(await violationsOn(page)).toEqual([])
      })
    }
  }
})
