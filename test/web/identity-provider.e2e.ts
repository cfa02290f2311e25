import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { chromiumPath, open, openBrowser, service, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

describe.skipIf(chromiumPath() === null)('the button of the identity provider', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  /** Goes through the button and says at the provider's own page who one is. */
  async function signInThere(page: Page, person: { email: string; verified?: boolean; nonce?: string }) {
    await page.getByRole('link', { name: zh.account.oidc }).click()
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Verified').setChecked(person.verified ?? true)
    await page.getByLabel('Other nonce').fill(person.nonce ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  test('opens the page that was asked for to a person who was invited and never had a password', async () => {
    const admin = await visit(browser, { as: 'admin' })
    const invitation = { email: 'wang@bureau.example', name: '王科长', role: 'officer' }
    expect((await admin.request.post('/api/v1/accounts', { data: invitation })).status()).toBe(201)
    const page = await visit(browser)
    await open(page, '/sign-in?next=/warnings')
    await signInThere(page, { email: 'Wang@bureau.example' })
    await page.locator('.account-name', { hasText: '王科长' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/warnings')
    expect((await page.context().cookies()).map(({ name, sameSite }) => [name, sameSite])).toEqual([
      ['tradewind_session', 'Strict'],
    ])
  })

  const officer = () => service().officer.email
  test.each([
    ['another nonce', () => ({ email: officer(), nonce: 'another' }), zh.account.oidcFailed],
    [
      'an unknown address',
      () => ({ email: 'stranger@elsewhere.example' }),
      zh.account.oidcFailures['unknown-person'],
    ],
    [
      'an address not verified',
      () => ({ email: officer(), verified: false }),
      zh.account.oidcFailures.unverified,
    ],
  ])('says why it opens nothing to %s, and lets one try again', async (_what, person, reason) => {
    const page = await visit(browser)
    await open(page, '/sign-in')
    await signInThere(page, person())
    await page.getByRole('alert').getByText(String(reason)).waitFor()
    expect(await page.context().cookies()).toEqual([])
    await signInThere(page, { email: officer() })
    await page.waitForURL('**/overview')
  })

  for (const [language, text] of Object.entries({ zh, en }))
    for (const [device, width] of Object.entries(widths))
      test(`is accessible and fits beside the password, with a failure: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language: language as 'zh' | 'en', width })
        await open(page, '/sign-in?failed=__proto__')
        await page.getByRole('alert').getByText(text.account.oidcFailed).waitFor()
        expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
      })
})
