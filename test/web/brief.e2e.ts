import { readFile } from 'node:fs/promises'
import { CFB } from '@e965/xlsx'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growth, moneyText, unitFor } from '../../src/web/format.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, service, visit, widths } from './chromium.ts'

const texts = { zh, en }
const visits = [
  { language: 'zh', width: widths.desk },
  { language: 'en', width: widths.phone },
] as const

interface Month {
  period: string
  ytd: string
  ytdYoy: number
}

describe.skipIf(chromiumPath() === null)('the monthly brief', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const { language, width } of visits) {
    test(`its figures are those of the queries they lead to (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as: 'officer' })
      await open(page, '/brief?month=2026-09')
      const sheet = page.getByRole('article')
      await sheet.getByRole('heading', { level: 1 }).waitFor()
      const query = 'currency=USD&from=2025-01&to=2026-09'
      for (const flow of ['total', 'export', 'import']) {
        const { data } = await api(page, `/indicators/growth?flow=${flow}&${query}`)
        const last = (data as Month[]).at(-1)
        const unit = unitFor([last?.ytd ?? null], { currency: 'USD', language, use: 'figure' })
        const figures = sheet.locator(`a.figure-link[href="/api/v1/indicators/growth?flow=${flow}&${query}"]`)
        const shown = (await figures.allTextContents()).map((text) => text.trim())
        expect(shown).toContain(moneyText(last?.ytd ?? null, unit))
        expect(shown).toContain(growth(last?.ytdYoy).replace(/^[+−]/, ''))
      }
    })

    test(`every figure leads to an answer (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as: 'officer' })
      await open(page, '/brief?flow=import&currency=CNY')
      await page.getByRole('article').waitFor()
      const links = await page
        .locator('article a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
      expect(links.length).toBeGreaterThan(60)
      for (const link of new Set(links))
        expect([link, (await page.request.get(link)).status()]).toEqual([link, 200])
    })

    test(`is saved as a Word file with its sentences, tables, charts and links (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as: 'officer' })
      const scripts: string[] = []
      page.on('response', (response) => scripts.push(response.url()))
      await open(page, '/brief?month=2026-10')
      const title = (await page.getByRole('article').getByRole('heading', { level: 1 }).textContent()) ?? ''
      const isWriter = (url: string) => url.includes('brief-docx')
      expect(scripts.some(isWriter)).toBe(false)
      const { name, parts } = await saved(page, texts[language].brief.save)
      expect(scripts.some(isWriter)).toBe(true)
      expect(name).toMatch(/\.docx$/)
      const document = parts.get('/word/document.xml')?.toString('utf8') ?? ''
      const words = document
        .replaceAll(/<\/w:p>/g, '\n')
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&apos;', "'")
      const sentence = await page.locator('.sheet-paragraph').first().textContent()
      expect(words).toContain(title)
      expect(words).toContain(sentence)
      expect(document.match(/<w:tbl>/g)?.length).toBe(await page.locator('.sheet-table').count())
      const images = [...parts].filter(([path]) => /media\/.*\.png$/.test(path))
      expect(images.length).toBe(await page.locator('.sheet-figure').count())
      for (const [, image] of images) expect(image.subarray(1, 4).toString()).toBe('PNG')
      const links = parts.get('/word/_rels/document.xml.rels')?.toString('utf8') ?? ''
      expect(links).toContain(`${service().url}/api/v1/indicators/growth?flow=export`)
    })
  }

  test('another month, the imports and the yuan are in the address', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/brief')
    await page.getByLabel(zh.brief.month).click()
    await page.locator('.ant-select-dropdown:visible').getByText('2026 年 8 月', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: zh.brief.title('2026 年 8 月', '出口') }).waitFor()
    await page.getByText('进口', { exact: true }).click()
    await page.getByText('人民币', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: zh.brief.title('2026 年 8 月', '进口') }).waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      month: '2026-08',
      flow: 'import',
      currency: 'CNY',
    })
  })

  test('what cannot be computed is said, and why; January and February are one period', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/brief?month=2024-02')
    await page.getByRole('heading', { level: 1, name: zh.brief.title('2024 年 1–2 月', '出口') }).waitFor()
    await page.getByText(`${zh.brief.parts.firms}：本期数据不能计算`).waitFor()
    await page.getByText(/企业未能计算：.*2023-01/).waitFor()
    expect(await page.locator('.sheet-table').first().locator('tbody tr').count()).toBe(1)
  })
})

async function saved(page: Page, button: string): Promise<{ name: string; parts: Map<string, Buffer> }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  const archive = CFB.read(await readFile(await download.path()), { type: 'buffer' })
  const parts = archive.FullPaths.map((path: string, index: number): [string, Buffer] => [
    path.replace(/^Root Entry/, ''),
    Buffer.from((archive.FileIndex[index]?.content ?? []) as Uint8Array),
  ])
  return { name: download.suggestedFilename(), parts: new Map(parts) }
}
