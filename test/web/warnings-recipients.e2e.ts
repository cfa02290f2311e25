import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

const texts = { zh, en }
const visits = [
  { language: 'zh', width: widths.desk },
  { language: 'en', width: widths.phone },
] as const

describe.skipIf(chromiumPath() === null)('recipients of warnings', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const { language, width } of visits) {
    const { recipients: labels } = texts[language]

    test(`an administrator enters an address, switches it off and on and deletes it; an officer sees it (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as: 'admin' })
      const email = `hall-${language}@county.example.cn`
      await open(page, '/warnings?tab=recipients')
      await page.getByRole('button', { name: labels.add }).click()
      await page.getByLabel(labels.name).fill(`县商务局 ${language}`)
      await page.getByLabel(labels.email, { exact: true }).fill(email)
      expect(await violationsOn(page)).toEqual([])
      await page.getByRole('button', { name: labels.save }).click()
      await page.getByText(email, { exact: true }).waitFor()
      const known = async () =>
        (
          (await api(page, '/warnings/subscriptions')).data as {
            email: string
            active: boolean
            namesEnterprises: boolean
          }[]
        ).find((row) => row.email === email)
      expect(await known()).toMatchObject({ active: true, namesEnterprises: false })

      await page.getByRole('button', { name: labels.switchOffOf(`县商务局 ${language}`) }).click()
      await page.getByRole('button', { name: labels.switchOnOf(`县商务局 ${language}`) }).waitFor()
      expect(await known()).toMatchObject({ active: false })

      const officer = await visit(browser, { language, width, as: 'officer' })
      await open(officer, '/warnings?tab=recipients')
      await officer.getByText(email, { exact: true }).waitFor()
      expect(await officer.getByRole('button', { name: labels.add }).count()).toBe(0)

      await page.getByRole('button', { name: labels.removeOf(`县商务局 ${language}`) }).click()
      await page.getByRole('tooltip').getByRole('button', { name: labels.remove }).click()
      await page.getByText(email, { exact: true }).waitFor({ state: 'detached' })
      expect(await known()).toBeUndefined()
    })

    test(`a feed address is shown once, read without a session, and ended (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as: 'officer' })
      const { calendar } = labels
      await open(page, '/warnings?tab=subscription')
      await page.getByRole('button', { name: calendar.give, exact: true }).click()
      const address = (await page.getByLabel(calendar.address).textContent()) ?? ''
      const stranger = await visit(browser)
      expect(await (await stranger.request.get(address)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/)
      expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])

      await open(page, '/warnings?tab=subscription')
      await page.getByText(calendar.giveAnew).first().waitFor()
      expect(await page.content()).not.toContain(address)
      await page.getByRole('button', { name: calendar.drop }).click()
      await page.getByRole('tooltip').getByRole('button', { name: calendar.drop }).click()
      await page.getByRole('button', { name: calendar.give, exact: true }).waitFor()
      expect((await stranger.request.get(address)).status()).toBe(404)
    })
  }

  test('the page behind a link that is not complete says so, is accessible and fits a phone', async () => {
    const page = await visit(browser, { language: 'zh', width: widths.phone })
    await page.goto('/api/v1/warnings/unsubscribe/-')
    await page.getByRole('heading', { name: 'This link is not valid' }).waitFor()
    expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
  })
})
