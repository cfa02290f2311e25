import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

const pages = {
  overview: '/overview',
  'overview as tables': '/overview?months=table&by=enterprise&currency=CNY&flow=import',
  explorer: '/explorer',
  'explorer, compared': '/explorer?vsFrom=2024-01&vsTo=2024-10&columns=value,base,pull&q=9',
  change: '/change',
  'change, filtered': '/change?hs=94&of=enterprise&currency=CNY',
  competitiveness: '/competitiveness',
  'explorer, filtered': '/explorer?by=partner&hs=94&currency=CNY',
  warnings: '/warnings',
  'warnings, filtered': '/warnings?state=pending&severity=info',
  'a warning': '/warnings/1',
  'no such warning': '/warnings/none',
  'silenced warnings': '/warnings?tab=silences',
  'recipients of warnings': '/warnings?tab=recipients',
  'my subscription': '/warnings?tab=subscription',
  'warning rules': '/warnings/rules',
  'a warning rule': '/warnings/rules/export-friction-market-product',
  'a new warning rule as text': '/warnings/rules/new?view=yaml',
  'trade-remedy cases': '/warnings/remedies',
  'monthly brief': '/brief?flow=import',
  'RCEP question': '/rcep',
  'RCEP answer': '/rcep?hs=610910&from=CN&to=JP&on=2026-06-01&value=100000&currency=USD',
  'rates at every Party': '/rcep?view=table&hs=940360&flow=import&on=2026-06-01',
  'origin, empty': '/origin',
  'origin question': '/origin/questions',
  'certificate, empty': '/origin/certificate',
  'preference matrix': '/matrix?firm=9901260222',
  'preference ledger': '/ledger',
  imports: '/imports',
  'questions of firms': '/questions',
  'notices and events': '/events',
  mails: '/mails?box=inbox',
  'mails, none found': '/mails?state=failed',
  'my account': '/account',
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
    describe(language, () => {
      let page: Page
      beforeAll(async () => {
        page = await visit(browser, { language, as: 'officer' })
      })

      for (const [name, path] of Object.entries(pages)) {
        test(`${name} is accessible, fits a desk and a phone and raises no error`, async () => {
          const errors: string[] = []
          page.on('pageerror', (error) => errors.push(error.message))
          page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
          await page.setViewportSize({ width: widths.desk, height: 900 })
          await open(page, path)
          // Nothing can run inside the mail's own frame, the checker neither.
          if (name === 'mails') await page.getByRole('tab', { name: plainText[language] }).click()
          const found: Record<string, unknown> = {}
          for (const [device, width] of Object.entries(widths)) {
            await page.setViewportSize({ width, height: 900 })
            await page.waitForLoadState('networkidle')
            found[device] = [await violationsOn(page), await overflows(page)]
          }
          page.removeAllListeners()
          expect({ ...found, errors }).toEqual({ desk: [[], false], phone: [[], false], errors: [] })
        })
      }
    })
  }

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`a judged bill of materials is accessible and fits: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language, width, as: 'enterprise' })
        await open(page, '/origin')
        await page.locator('input[type=file]').setInputFiles('data/samples/rcep/chair-fails-narrowly.json')
        await page.locator('.verdict.fail').waitFor()
        expect(await violationsOn(page)).toEqual([])
        expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width)
      })
    }
  }

  test('the sign-in is accessible and fits a phone', async () => {
    const page = await visit(browser, { width: widths.phone })
    await open(page, '/sign-in')
    expect(await violationsOn(page)).toEqual([])
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(widths.phone)
  })

  test('the first load stays under 600 kB compressed before charts', async () => {
    const page = await visit(browser, { as: 'officer' })
    const sizes: number[] = []
    page.on('response', async (response) => {
      if (!/\/assets\/(?!echarts-)/.test(response.url())) return
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
