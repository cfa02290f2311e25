import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'

const pages = {
  overview: '/overview',
  'overview as tables': '/overview?months=table&by=enterprise&currency=CNY&flow=import',
  explorer: '/explorer',
  'explorer, filtered': '/explorer?by=partner&hs=94&currency=CNY',
  warnings: '/warnings',
  'RCEP question': '/rcep',
  'RCEP answer': '/rcep?hs=610910&from=CN&to=JP&on=2026-06-01&value=100000&currency=USD',
  'origin, empty': '/origin',
  imports: '/imports',
  mails: '/mails?box=inbox',
  'not found': '/nowhere',
}

const plainText = { zh: zh.mails.plain, en: en.mails.plain }

describe.skipIf(chromiumPath() === null)('every page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`is accessible, fits and raises no error: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language, width, as: 'officer' })
        const errors: string[] = []
        page.on('pageerror', (error) => errors.push(error.message))
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
        const found: Record<string, unknown> = {}
        for (const [name, path] of Object.entries(pages)) {
          await open(page, path)
          // Nothing can run inside the mail's own frame, the checker neither.
          if (name === 'mails') await page.getByRole('tab', { name: plainText[language] }).click()
          const { violations } = await new AxeBuilder({ page }).analyze()
          const overflow = await page.evaluate(() => document.body.scrollWidth - window.innerWidth)
          found[name] = {
            violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            overflows: overflow > 0,
          }
        }
        const fine = Object.keys(pages).map((name) => [name, { violations: [], overflows: false }])
        expect({ found, errors }).toEqual({ found: Object.fromEntries(fine), errors: [] })
      })
    }
  }

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`a judged bill of materials is accessible and fits: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language, width, as: 'enterprise' })
        await open(page, '/origin')
        await page.locator('input[type=file]').setInputFiles('data/samples/rcep/chair-fails-narrowly.json')
        await page.locator('.verdict.fail').waitFor()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width)
      })
    }
  }

  test('the sign-in is accessible and fits a phone', async () => {
    const page = await visit(browser, { width: widths.phone })
    await open(page, '/sign-in')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(widths.phone)
  })

  test('the first load stays under 600 kB compressed before charts', async () => {
    const page = await visit(browser, { as: 'officer' })
    const sizes: number[] = []
    page.on('response', async (response) => {
      if (!/\/assets\/(?!Chart-)/.test(response.url())) return
      const body = await response.body()
      sizes.push(await compressed(body))
    })
    await open(page, '/overview')
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(0)
    expect(total).toBeLessThan(600_000)
  })
})

async function compressed(body: Buffer): Promise<number> {
  const stream = new Blob([new Uint8Array(body)]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}
