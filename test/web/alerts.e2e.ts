import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blankRule } from '../../src/web/components/alerts/rule-draft.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'
import { api, chromiumPath, open, openBrowser, visit, widths } from './chromium.ts'

const texts = { zh, en }
/** As long as Playwright waits for what it looks for itself. */
const patience = { timeout: 30_000 }
const visits = [
  { language: 'zh', width: widths.desk },
  { language: 'en', width: widths.phone },
] as const

interface Listed {
  id: number
  rule: { nameZh: string; nameEn: string }
  acknowledged: { owner: string; note: string } | null
}

interface Tested {
  periods: { period: string; fired: number; open: number }[]
  perPeriod: number
}

describe.skipIf(chromiumPath() === null)('warnings', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  for (const { language, width } of visits) {
    const { alerts: labels } = texts[language]
    const as = 'officer'

    test(`a rule is back-tested while it is written, saved, switched off and deleted (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as })
      await open(page, '/warnings/rules/new')
      await page.getByText(await answerOf(page, '-0.3', language)).waitFor()
      await page.getByLabel(labels.rule.threshold).fill('-0.5')
      await page.getByText(await answerOf(page, '-0.5', language)).waitFor()

      await page.getByRole('button', { name: labels.rule.save }).click()
      await page.getByLabel(labels.rule.id, { exact: true }).and(page.locator('[aria-describedby]')).waitFor()
      await page.getByRole('alert').first().waitFor()
      await page.getByLabel(labels.rule.id, { exact: true }).fill(`exports-halve-${language}`)
      await page.getByLabel(labels.rule.nameZh).fill(`出口减半 ${language}`)
      await page.getByLabel(labels.rule.nameEn).fill(`Exports halve ${language}`)
      await page.getByRole('button', { name: labels.rule.save }).click()
      await page.waitForURL(`**/warnings/rules/exports-halve-${language}`)
      const stored = async () =>
        (
          (await api(page, '/warnings/rules')).data as {
            id: string
            enabled: boolean
            conditions: object[]
          }[]
        ).find(({ id }) => id === `exports-halve-${language}`)
      expect(await stored()).toMatchObject({
        enabled: true,
        conditions: [{ measure: 'yoy', comparison: 'below', threshold: '-0.5' }],
      })

      await page.getByRole('button', { name: labels.rule.disable, exact: true }).click()
      await page.getByRole('button', { name: labels.rule.enable, exact: true }).waitFor()
      expect(await stored()).toMatchObject({ enabled: false })

      await page.getByRole('button', { name: labels.rule.remove }).click()
      const asked = page.getByRole('dialog')
      await asked.getByText(labels.rule.removeEffect(0, 0)).waitFor()
      await asked.getByRole('button', { name: labels.rule.remove }).click()
      await page.waitForURL('**/warnings/rules')
      expect(await stored()).toBeUndefined()
    })

    test(`a warning is found, taken on and silenced, and the board says who has it (${language}, ${width})`, async () => {
      const page = await visit(browser, { language, width, as })
      const listed = (await api(page, '/warnings?state=open')).data as Listed[]
      const { id } = listed.find(({ acknowledged }) => acknowledged === null) as Listed
      await open(page, '/warnings')
      await page.locator(`a[href="/warnings/${id}"]`).click()
      await page.getByRole('heading', { name: labels.warning.whyTitle }).waitFor()
      await page.getByRole('img', { name: /./ }).first().waitFor()

      await page.getByRole('button', { name: labels.warning.acknowledge }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(labels.warning.ownerField).fill('王科长')
      await dialog.getByLabel(labels.warning.note).fill('已联系企业')
      await dialog.getByRole('button', { name: labels.warning.save }).click()
      const history = page.getByRole('region', { name: labels.warning.history })
      await history.getByText(/王科长/).waitFor()
      await history.getByText('已联系企业').waitFor()
      const { data } = (await api(page, `/warnings/${id}`)) as { data: Listed }
      expect(data.acknowledged).toMatchObject({ owner: '王科长', note: '已联系企业' })

      await page.getByRole('button', { name: labels.warning.silence, exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: labels.warning.addSilence }).click()
      await page.getByText(labels.warning.silenced).waitFor()
      await open(page, '/warnings?tab=silences')
      await page
        .getByRole('button', { name: labels.silences.endOf('') })
        .first()
        .click()
      await page.getByText(labels.silences.over).first().waitFor()

      await open(page, '/warnings?owner=none')
      await page.locator(`a[href^="/warnings/"]`).first().waitFor()
      expect(await page.locator(`a[href="/warnings/${id}"]`).count()).toBe(0)
    })
  }

  test('the board is filtered by what its address says', async () => {
    const page = await visit(browser, { as: 'officer' })
    const listed = (await api(page, '/warnings?state=open')).data as { rule: { severity: string } }[]
    const grave = listed.filter(({ rule }) => rule.severity === 'critical').length
    await open(page, '/warnings?severity=critical')
    await page.getByText(zh.alerts.board.shown(String(grave), String(listed.length))).waitFor()
    await page.getByLabel(zh.alerts.board.search).fill('no such thing')
    await page.getByText(zh.alerts.board.noneShown).waitFor()
    await page.getByRole('button', { name: zh.alerts.board.clear }).click()
    await page.waitForURL((url) => url.search === '')
  })

  test('a rule is edited as text: what cannot be read is said, what can be shows in the form', async () => {
    const page = await visit(browser, { as: 'officer', language: 'en' })
    await open(page, '/warnings/rules/export-fall-market?view=yaml')
    const labels = en.alerts.rule
    const yaml = page.getByLabel(labels.yamlHelp)
    await expect.poll(() => yaml.inputValue(), patience).toContain('threshold: "-0.3"')
    const written = await yaml.inputValue()
    await yaml.fill(written.replace('conditions:', 'conditiones:'))
    await page.getByText(labels.yamlWrong('conditions')).waitFor()
    await yaml.fill(written.replace('"-0.3"', '"-0.45"'))
    await page.getByText('Form', { exact: true }).click()
    expect(await page.getByLabel(labels.threshold).inputValue()).toBe('-0.45')
  })

  test('a subscription is changed, left and taken up again', async () => {
    const page = await visit(browser, { as: 'officer' })
    const labels = zh.alerts.subscription
    const own = async () =>
      (
        (await api(page, '/warnings/subscriptions')).data as {
          own: boolean
          active: boolean
          severities: string[]
        }[]
      ).find((each) => each.own)
    await open(page, '/warnings?tab=subscription')
    await page.getByRole('checkbox', { name: zh.warnings.severities.info }).uncheck()
    await page.getByRole('button', { name: labels.save }).click()
    await page.getByText(labels.saved).waitFor()
    expect(await own()).toMatchObject({ active: true, severities: ['critical', 'warning'] })
    await page.getByRole('button', { name: labels.unsubscribe }).click()
    await page.getByRole('dialog').getByRole('button', { name: labels.unsubscribe }).click()
    await page.getByText(labels.off).waitFor()
    expect(await own()).toMatchObject({ active: false })
    await page.getByRole('checkbox', { name: zh.warnings.severities.info }).check()
    await page.getByRole('button', { name: labels.save }).click()
    await expect
      .poll(own, patience)
      .toMatchObject({ active: true, severities: ['critical', 'warning', 'info'] })
  })

  test('an enterprise has its subscription, told that the data are invented, and nothing of the board', async () => {
    const page = await visit(browser, { as: 'enterprise' })
    await open(page, '/warnings?tab=silences')
    await page.getByRole('button', { name: zh.alerts.subscription.save }).waitFor()
    await page.getByText(zh.sample).waitFor()
    expect(await page.getByRole('navigation', { name: zh.alerts.tabs.name }).count()).toBe(0)
  })

  test('a list of trade-remedy cases is read, searched and deleted', async () => {
    const page = await visit(browser, { as: 'officer' })
    const labels = zh.alerts.remedies
    await open(page, '/warnings/remedies?standing=any')
    await page.locator('input[type=file]').setInputFiles({
      name: 'cases.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'imposing,affected,product,hs,in force,sunset\nUnited States of America,China,Wooden bedroom furniture,940350,2005-01-04,2027-06-01\nIndia,China,Glass fibre,701911,2016-01-01,2031-01-01\nNowhere,China,Things,701911,,\n',
      ),
    })
    await page.getByText(labels.imported('2', '2')).waitFor()
    await page.getByText(labels.rejects(1)).waitFor()
    await page.getByLabel(labels.hs).fill('9403')
    await expect.poll(() => page.locator('.ant-table-tbody tr.ant-table-row').count(), patience).toBe(1)
    await page.getByText('Wooden bedroom furniture').first().waitFor()
    await page.getByRole('button', { name: labels.removeOf('cases.csv') }).click()
    await page.getByRole('dialog').getByRole('button', { name: labels.remove }).click()
    await page.getByText(labels.none).waitFor()
  })

  test('a mail is found by its state and its recipient, and the address keeps which is open', async () => {
    const page = await visit(browser, { as: 'officer' })
    await open(page, '/mails?state=sent&q=officer')
    const list = page.getByRole('list', { name: zh.mails.list })
    await list.getByRole('button').last().click()
    await page.waitForURL('**mail=**')
    await page.getByLabel(zh.alerts.mails.search).fill('nobody@nowhere')
    await page.getByText(zh.alerts.mails.none).waitFor()
  })
})

/** The sentence the back-test panel shows for exports to a market falling by more than a threshold, from the API's own figures. */
async function answerOf(page: Page, threshold: string, language: 'zh' | 'en'): Promise<string> {
  const rule = {
    ...blankRule,
    id: 'draft',
    name: { zh: '-', en: '-' },
    conditions: [{ ...blankRule.conditions[0], threshold }],
  }
  const answer = await page.request.post('/api/v1/warnings/rules/backtest', { data: { rule, periods: 11 } })
  const { data } = (await answer.json()) as { data: Tested }
  return texts[language].alerts.rule.backtest.answer({
    periods: data.periods.length,
    fired: String(data.periods.reduce((sum, { fired }) => sum + fired, 0)),
    perPeriod: data.perPeriod.toFixed(1),
    open: String(data.periods.at(-1)?.open ?? 0),
  })
}
