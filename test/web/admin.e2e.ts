import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../src/enterprises/totp.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { bounceMessage } from '../warnings/bounces.ts'
import { api, chromiumPath, open, openBrowser, service, visit, widths } from './chromium.ts'
import { overflows, violationsOn } from './page-faults.ts'

const texts = { zh, en }
const password = 'bamboo chair and tea'

interface Inbox {
  to: string
  text: string
}

const patience = { timeout: 20_000 }

describe.skipIf(chromiumPath() === null)('people and enterprises', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  /** The newest link that was mailed to somebody, as a path of this service. */
  async function mailedLink(page: Page, email: string): Promise<string> {
    let link = ''
    await expect
      .poll(async () => {
        const mails = (await api(page, '/demo/inbox')).data as Inbox[]
        link = /\/set-password#\S+/.exec(mails.find(({ to }) => to.includes(email))?.text ?? '')?.[0] ?? ''
        return link
      }, patience)
      .not.toBe('')
    return link
  }

  async function signIn(page: Page, credentials: { email: string; password: string }, text: typeof zh) {
    await page.getByLabel(text.signIn.email).fill(credentials.email)
    await page.getByLabel(text.signIn.password).fill(credentials.password)
    await page.getByRole('button', { name: text.signIn.submit, exact: true }).click()
  }

  for (const [language, device] of [
    ['zh', 'desk'],
    ['en', 'phone'],
  ] as const) {
    const text: typeof zh = texts[language]
    const width = widths[device]

    test(`a firm is invited, sets its password from the mail and signs in: ${language}, ${device}`, async () => {
      const labels = text.admin.people
      const email = `tea-${language}@firm.example`
      const page = await visit(browser, { language, width, as: 'admin' })
      await open(page, '/admin/people')
      await page.getByRole('button', { name: labels.invite }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel(labels.name).fill('茶叶公司')
      await form.getByLabel(labels.email).fill(email)
      await form.getByLabel(labels.role).click()
      await page.locator('.ant-select-dropdown').getByText(text.roles.enterprise, { exact: true }).click()
      await form.getByLabel(labels.enterprise).fill('9901260104')
      await page.locator('.ant-select-item-option').filter({ hasText: '9901260104' }).click()
      await form.getByRole('button', { name: labels.inviteSubmit }).click()
      await form.getByText(labels.mailed).waitFor()
      await form.getByRole('button', { name: text.admin.close, exact: true }).last().click()
      await page.getByText(email).waitFor()

      const link = await mailedLink(page, email)
      const theirs = await visit(browser, { language, width })
      await theirs.goto(link)
      const page2 = text.account.setPage
      await theirs.getByLabel(page2.password).fill('short')
      await theirs.getByLabel(page2.again).fill('else')
      await theirs.getByRole('button', { name: page2.submit }).click()
      await theirs.locator('.ant-form-item-explain').getByText(page2.passwordShort).waitFor()
      await theirs.getByText(page2.different).waitFor()
      expect(theirs.url()).not.toContain('#')
      await theirs.getByLabel(page2.password).fill(password)
      await theirs.getByLabel(page2.again).fill(password)
      expect(await violationsOn(theirs)).toEqual([])
      await theirs.getByRole('button', { name: page2.submit }).click()
      await theirs.getByRole('button', { name: page2.doneNext }).click()
      await signIn(theirs, { email, password }, text)
      await theirs.getByText('茶叶公司').waitFor()

      const again = await visit(browser, { language, width })
      await again.goto(link)
      await again.getByLabel(page2.password).fill(password)
      await again.getByLabel(page2.again).fill(password)
      await again.getByRole('button', { name: page2.submit }).click()
      await again.getByText(page2.over).waitFor()
    })
  }

  test('a second factor is asked for after the password, and a forgotten password is set anew', async () => {
    const email = 'second@bureau.example'
    const admin = await visit(browser, { as: 'admin' })
    const invitation = { email, name: '二科', role: 'officer' }
    await admin.request.post('/api/v1/accounts', { data: invitation })
    const page = await visit(browser)
    await page.goto('/sign-in')
    await page.getByRole('link', { name: zh.account.forgot }).click()
    await page.waitForURL('**/forgot-password') // both pages ask for an address
    await page.getByLabel(zh.signIn.email).fill(email)
    await page.getByRole('button', { name: zh.account.forgotPage.submit }).click()
    await page.getByText(zh.account.forgotPage.sent).waitFor()
    const link = await mailedLink(admin, email)
    await page.request.put('/api/v1/password', { data: { token: link.split('#')[1], password } })
    const credentials = { email, password }
    const session = await browser.newContext({ baseURL: service().url })
    await session.request.post('/api/v1/session', { data: credentials })
    const proposed = await session.request.post('/api/v1/second-factor')
    const { secret } = (await proposed.json()).data
    const codeIn = (steps: number) => totpCode(secret, Math.floor(Date.now() / 30_000) + steps)
    const chosen = { secret, code: codeIn(0), password }
    const set = await session.request.put('/api/v1/second-factor', { data: chosen })
    expect(set.status()).toBe(204)
    await session.close()

    await page.goto('/sign-in')
    await signIn(page, credentials, zh)
    await page.getByLabel(zh.account.code).fill('000000')
    await page.getByRole('button', { name: zh.signIn.submit, exact: true }).click()
    await page.getByText(zh.account.codeWrong).waitFor()
    await page.getByLabel(zh.account.code).fill(codeIn(1))
    await page.getByRole('button', { name: zh.signIn.submit, exact: true }).click()
    await page.getByText('二科').waitFor()

    await open(admin, '/admin/people')
    const row = admin.getByRole('row').filter({ hasText: email })
    await row.getByRole('button', { name: zh.admin.people.resetFactor }).click()
    await admin.getByRole('tooltip').getByRole('button', { name: zh.admin.people.resetFactor }).click()
    await row.getByText(zh.admin.people.off).waitFor()
    await row.getByRole('button', { name: zh.admin.people.disable }).click()
    await admin.getByRole('tooltip').getByRole('button', { name: zh.admin.people.disable }).click()
    await row.getByText(zh.admin.people.states.disabled, { exact: true }).waitFor()
  })

  for (const [language, device] of [
    ['zh', 'phone'],
    ['en', 'desk'],
  ] as const)
    test(`mail that came back is shown with its person, and sent again when the mark is taken away: ${language}, ${device}`, async () => {
      const labels: typeof zh.admin.people = texts[language].admin.people
      const { email } = service().officer
      const page = await visit(browser, { language, width: widths[device], as: 'admin' })
      const report = await page.request.post('/api/v1/warnings/mails/bounces', {
        headers: { 'content-type': 'message/rfc822' },
        data: bounceMessage({ address: email }),
      })
      expect((await report.json()).data.unknown).toEqual([])
      await open(page, '/admin/people')
      const row = page.getByRole('row').filter({ hasText: email })
      await row.getByText('5.1.1').waitFor()
      expect([await violationsOn(page), await overflows(page)]).toEqual([[], false])
      await row.getByRole('button', { name: `${labels.writeAgain} ${email}` }).click()
      await page.getByRole('tooltip').getByText(labels.writeAgainEffect).waitFor()
      await page.getByRole('tooltip').getByRole('button', { name: labels.writeAgain }).click()
      await row.getByText('5.1.1').waitFor({ state: 'detached' })
      expect((await api(page, '/warnings/addresses')).data).toEqual([])
    })

  test('an enterprise is registered, a wrong social credit code refused in Chinese, and the record shows it', async () => {
    const labels = zh.admin.enterprises
    const page = await visit(browser, { as: 'admin' })
    await open(page, '/enterprises')
    await page.getByRole('button', { name: labels.register }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel(labels.id).fill('9901269999')
    await form.getByLabel(labels.name).fill('新登记的茶厂')
    await form.getByLabel(labels.uscc).fill('91350100M000100Y44')
    await form.getByRole('button', { name: labels.registerSubmit }).click()
    await form.getByText('18 位统一社会信用代码，校验位须正确').waitFor()
    await form.getByLabel(labels.uscc).fill('91350100M000100Y43')
    await form.getByRole('button', { name: labels.registerSubmit }).click()
    await page.getByText(labels.registeredNow('新登记的茶厂')).waitFor()
    await page.getByLabel(labels.search).fill('新登记')
    await page.getByRole('button', { name: labels.edit('新登记的茶厂') }).click()
    await page.getByRole('dialog').getByLabel(labels.name).fill('改名的茶厂')
    await page.getByRole('button', { name: zh.admin.save }).click()
    await page.getByLabel(labels.search).fill('改名')
    await page.getByRole('cell', { name: '改名的茶厂 9901269999' }).waitFor()
    await open(page, '/admin/audit?action=PUT+%2Fapi%2Fv1%2Fenterprises')
    await page.getByText('/enterprises/9901269999').waitFor()
    const file = await page.request.get('/api/v1/audit?format=csv&action=PUT')
    expect(await file.text()).toContain('PUT /api/v1/enterprises/:enterprise')
  })

  test('who is no administrator is told so', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/admin/people')
    await page.getByRole('heading', { name: zh.admin.only.title }).waitFor()
    expect(await page.getByRole('link', { name: zh.ways.admin, exact: true }).count()).toBe(0)
  })

  for (const language of ['zh', 'en'] as const) {
    for (const [device, width] of Object.entries(widths)) {
      test(`every page of the administration is accessible and fits: ${language}, ${device}`, async () => {
        const page = await visit(browser, { language, width, as: 'admin' })
        const found: Record<string, unknown> = {}
        const paths = ['people', 'reference', 'operation', 'audit'].map((name) => `/admin/${name}`)
        for (const path of [...paths, '/enterprises']) {
          await open(page, path)
          found[path] = [await violationsOn(page), await overflows(page)]
        }
        const fine = [...paths, '/enterprises'].map((path) => [path, [[], false]])
        expect(found).toEqual(Object.fromEntries(fine))
      }, 180_000)
    }
  }
})
