import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growth, points } from '../../src/web/format.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'

interface Line {
  code: string
  name: string | null
  pull: number
  yoy: number | null
}

const texts = { zh, en }
const year = 'flow=export&currency=USD&from=2026-01&to=2026-10'

/** The chapter whose exports fell most in points. */
async function fallenChapter(page: Page): Promise<Line> {
  const { data } = await api(page, `/indicators/structure?${year}&by=hs2&top=200`)
  const [worst] = (data as Line[]).filter(({ code }) => /^\d/.test(code)).sort((a, b) => a.pull - b.pull)
  if (!worst || worst.pull >= 0) throw new Error('the sample has no chapter that fell')
  return worst
}

describe.skipIf(chromiumPath() === null)('why exports fell', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`is found from the chapter to the product and the firm: ${language}, ${device}`, async () => {
        const text = texts[language]
        const page = await visit(browser, { as: 'officer', language, width })
        const worst = await fallenChapter(page)
        await open(page, '/overview')
        if (width === widths.phone) await page.getByRole('button', { name: text.menu }).click()
        await page.getByRole('link', { name: text.ways.change }).click()
        await page.getByRole('heading', { level: 2, name: text.change.who.title }).waitFor()

        await page.getByRole('textbox', { name: text.how.filters.hs ?? '' }).fill(worst.code)
        await page.getByRole('textbox', { name: text.how.filters.hs ?? '' }).press('Enter')
        await page.waitForURL(`**hs=${worst.code}**`)
        await page.getByRole('heading', { level: 1, name: growth(worst.yoy) }).waitFor()

        const { data } = await api(
          page,
          `/indicators/structure?${year}&by=enterprise&hs=${worst.code}&top=2000`,
        )
        const [firm] = (data as Line[]).sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull))
        await page.getByTitle(text.change.who.by.enterprise, { exact: true }).click()
        const row = page
          .getByRole('region', { name: text.tableOf(text.change.who.title) })
          .getByRole('row', { name: firm?.name ?? firm?.code ?? '' })
        await row.first().waitFor()
        expect(await row.first().textContent()).toContain(points(firm?.pull, 2))

        const tree = page.getByRole('region', { name: text.tableOf(text.change.tree.title) })
        await tree.locator('.ant-table-row-expand-icon').first().click()
        await tree.locator('.ant-table-row-level-1').first().waitFor()
        await tree.locator('.ant-table-row-level-1 .ant-table-row-expand-icon').first().click()
        await tree.locator('.ant-table-row-level-2').first().waitFor()

        await page.getByRole('button', { name: `${text.how.open}: ${text.change.who.title}` }).click()
        await page.getByText(text.change.formulas.pull).waitFor()
        expect(await page.getByRole('dialog').getByRole('link').getAttribute('href')).toContain(
          `hs=${worst.code}`,
        )
      })
    }
  }

  test('prices and quantities, margins and the tree add up to the change', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/change?from=2026-01&to=2026-10')
    for (const method of ['price-quantity', 'margins']) {
      const query = 'flow=export&currency=USD&current=2026-01..2026-10'
      const { meta } = await api(page, `/indicators/decomposition?${query}&method=${method}`)
      const { change, sumOfParts } = meta as { change: string; sumOfParts: string }
      expect(sumOfParts).toBe(change)
    }
    await page.getByText(/覆盖本期金额的 \d/).waitFor()
    await page.getByText(zh.change.cms.needs).waitFor()
  })

  test('without world data the page of competitiveness says which to load, and shows what own trade says', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/competitiveness?year=2025')
    await page.getByText(zh.competitiveness.rca.needsNext('2025')).waitFor()
    await page.getByText(zh.competitiveness.space.needs).waitFor()
    const { data, meta } = await api(
      page,
      '/indicators/competitiveness?measure=tsc&year=2025&level=4&top=20000',
    )
    await page
      .getByRole('heading', { level: 1, name: `TSC ${(meta as { total: number }).total.toFixed(2)}` })
      .waitFor()
    const rows = page
      .getByRole('region', { name: zh.tableOf(zh.competitiveness.own.title) })
      .locator('tbody tr')
    expect(await rows.count()).toBe((data as unknown[]).length)
  })
})

describe.skipIf(chromiumPath() === null)('the explorer', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('compares with other months, keeps the view in the address and gives the chart as a picture', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/explorer?from=2026-01&to=2026-10')
    await page.getByLabel(zh.explorer.vsFrom).fill('2024-01')
    await page.getByLabel(zh.explorer.vsTo).fill('2024-10')
    await page.getByLabel(zh.explorer.vsTo).press('Enter')
    await page.getByRole('columnheader', { name: /^2024 年 1–10 月/ }).waitFor()
    await page.getByRole('columnheader', { name: new RegExp(`^${zh.explorer.difference}`) }).click()
    await page.waitForURL('**sort=difference**')
    await page.getByLabel(zh.explorer.words).fill('家具')
    await page.getByText(/^筛出 1 项/).waitFor()
    await page.getByRole('button', { name: zh.explorer.columns }).click()
    await page.getByRole('checkbox', { name: zh.structure.share }).click()
    await page.waitForURL('**columns=**')
    await page.reload()
    await page.getByText(/^筛出 1 项/).waitFor()
    expect(await page.getByRole('columnheader', { name: zh.structure.share }).count()).toBe(0)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: zh.explorer.savePicture }).click(),
    ])
    expect(saved.suggestedFilename()).toBe('structure-hs2.png')
    const picture = readFileSync(await saved.path())
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
  })

  test('says nothing of the five largest where there are no more than five', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/explorer?from=2026-01&to=2026-10&hs=94&by=hs4')
    const sentence = page.getByText(/^合计 .*；共 \d+ 项$/)
    await sentence.waitFor()
  })
})
