import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../src/enterprises/totp.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { chromiumPath, open, openBrowser, service, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

const texts = { zh, en }

describe.skipIf(chromiumPath() === null)('the own account', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const [language, device] of [
    ['zh', 'phone'],
    ['en', 'desk'],
  ] as const) {
    test(`a second factor is set up and taken away with the password: ${language}, ${device}`, async () => {
      const text = texts[language]
      const labels = text.account.own
      const { password } = service().officer
      const page = await visit(browser, { language, width: widths[device], as: 'officer' })
      await open(page, '/overview')
      await page.locator('a.account-name').click()
      await page.getByRole('button', { name: labels.factor.setUp }).click()
      const secret = (await page.locator('.factor-secret').textContent())?.trim() ?? ''
      const code = (steps: number) => totpCode(secret, Math.floor(Date.now() / 30_000) + steps)
      expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
      const given = { code: page.getByLabel(text.account.code), password: page.getByLabel(labels.password) }
      await given.code.fill(code(0))
      await given.password.fill('wrong password')
      await page.getByRole('button', { name: labels.factor.confirm }).click()
      await page.getByRole('alert').getByText(labels.passwordWrong).waitFor()
      await given.password.fill(password)
      await page.getByRole('button', { name: labels.factor.confirm }).click()
      await page.getByText(labels.factor.on).waitFor()
      expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
      await given.code.fill('000000')
      await given.password.fill(password)
      await page.getByRole('button', { name: labels.factor.remove }).click()
      await page.getByRole('alert').getByText(text.account.codeWrong).waitFor()
      await given.code.fill(code(1))
      await given.password.fill(password)
      await page.getByRole('button', { name: labels.factor.remove }).click()
      await page.getByText(labels.factor.off).waitFor()
    })

    test(`a token is made, shown once and revoked: ${language}, ${device}`, async () => {
      const text = texts[language]
      const labels = text.account.own.tokens
      const name = `erp ${language}`
      const page = await visit(browser, { language, width: widths[device], as: 'admin' })
      await open(page, '/account')
      await page.getByRole('button', { name: labels.make }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel(labels.name).fill(name)
      await form.getByLabel(text.account.own.password).fill(service().admin.password)
      expect(await violationsOn(page)).toEqual([])
      await form.getByRole('button', { name: labels.make }).click()
      const token = (await form.locator('.account-token').textContent())?.trim() ?? ''
      const asked = (method: 'GET' | 'DELETE', path: string) =>
        fetch(`${service().url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } })
      expect((await asked('GET', '/about')).status).toBe(200)
      expect((await asked('DELETE', '/tokens/1')).status).toBe(403)
      await form.getByRole('button', { name: text.admin.close, exact: true }).last().click()
      await page.getByRole('button', { name: `${labels.revoke} ${name}` }).click()
      await page.getByRole('tooltip').getByRole('button', { name: labels.revoke }).click()
      await page.getByText(name, { exact: true }).waitFor({ state: 'detached' })
      expect((await asked('GET', '/about')).status).toBe(401)
      expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
    })
  }

  test('other sessions end, and this one goes on', async () => {
    const { email, password } = service().enterprise
    const other = await browser.newContext({ baseURL: service().url })
    await other.request.post('/api/v1/session', { data: { email, password } })
    const page = await visit(browser, { as: 'enterprise' })
    await open(page, '/account')
    await page.getByRole('button', { name: /退出其他/ }).click()
    await page.getByRole('button', { name: /退出其他/ }).waitFor({ state: 'detached' })
    expect((await other.request.get('/api/v1/session')).status()).toBe(401)
    expect((await page.request.get('/api/v1/session')).status()).toBe(200)
    expect(await page.getByText(zh.account.own.tokens.title).count()).toBe(0)
    await other.close()
  })
})
