import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import {
  addAccount,
  createToken,
  principalOfSession,
  principalOfToken,
  signIn,
} from '../../src/enterprises/queries.ts'
import { newTotpSecret, totpCode } from '../../src/enterprises/totp.ts'
import { loadStructure } from '../../src/indicators/load-answers.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { watchArrivals } from '../../src/jobs/arrivals-queries.ts'
import { nextRun } from '../../src/jobs/plan.ts'
import { evaluateWarnings, flushOutbox } from '../../src/warnings/job.ts'
import { addRule } from '../../src/warnings/queries.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer, type TestMailServer } from '../helpers/mail-server.ts'
import { ruleWith } from '../warnings/rules.ts'
import { loadMonths, yearOf } from '../warnings/trade.ts'

const home = mkdtempSync(join(tmpdir(), 'tradewind-clock-'))
const now = '2026-04-18T03:00:00Z'
const yearsAhead = '2031-04-18T03:00:00Z'
const dayBefore = '2026-04-17T03:00:00Z'
const weekLater = '2026-04-25T03:00:00Z'
const password = 'correct horse battery'
const person = { email: 'officer@example.cn', name: 'Officer', role: 'officer' as const, enterpriseId: null }

let database: TestDatabase
let mails: TestMailServer

beforeAll(async () => {
  database = await freshDatabase()
  mails = await startMailServer()
})
afterAll(async () => {
  await mails.stop()
  await database.close()
  rmSync(home, { recursive: true })
})
beforeEach(async () => {
  await database.pool.query(
    'truncate warning_rule, warning, warning_event, subscription, digest, mail, source_file, slice, trade_rollup, trade_flow, account, api_token cascade',
  )
  mails.received.length = 0
  await addAccount(database.db, { ...person, password }, new Date(now))
})

const at = (iso: string, env: Record<string, string> = { SMTP_URL: `smtp://127.0.0.1:${mails.port}` }) => ({
  connection: database,
  clock: fixedClock(iso),
  config: readConfig({ TRADEWIND_HOME: home, ...env }),
})

describe('warnings', () => {
  beforeEach(async () => {
    await addRule(database.db, ruleWith(), new Date(now))
    const usual = { 'US/1': 1000, 'JP/1': 1000 }
    const fallen = { 'US/1': 100, 'JP/1': 1000 }
    await loadMonths(
      database,
      yearOf(usual, { '2026-01': usual, '2026-02': usual, '2026-03': fallen }),
      '2026-04-18T02:00:00Z',
    )
  })

  test('a clock set back says nothing twice', async () => {
    await evaluateWarnings(at(now))
    await flushOutbox(at(now))
    for (const iso of [dayBefore, '2026-04-18T02:30:00Z', now]) {
      await evaluateWarnings(at(iso))
      await flushOutbox(at(iso))
    }
    expect(mails.received).toHaveLength(1)
  })

  test('a clock that ran years ahead and was set right sends one reminder for the leap and loses no news', async () => {
    await evaluateWarnings(at(now))
    for (const iso of [yearsAhead, now, weekLater]) {
      await evaluateWarnings(at(iso))
      await flushOutbox(at(iso))
    }
    expect(mails.received).toHaveLength(2)
    await loadMonths(database, { '2026-04': { 'US/1': 100, 'JP/1': 10 } }, '2026-05-18T02:00:00Z')
    const { mails: told } = await evaluateWarnings(at('2026-05-18T03:00:00Z'))
    expect(told.map(({ reason }) => reason)).toEqual(['new'])
  })

  test('a mail put off by a clock that ran ahead is sent once the clock is right', async () => {
    await evaluateWarnings(at(now))
    const away = { SMTP_URL: 'smtp://127.0.0.1:9' }
    expect(await flushOutbox(at(yearsAhead, away))).toMatchObject({ deferred: 1, waiting: 1 })
    expect(await flushOutbox(at(now))).toMatchObject({ sent: 1, waiting: 0 })
    expect(await flushOutbox(at(yearsAhead))).toMatchObject({ sent: 0 })
    expect(mails.received).toHaveLength(1)
  })
})

describe('a load', () => {
  const load = async (value: number, iso: string) => {
    const path = join(home, `${value}.csv`)
    writeFileSync(path, `数据年月,商品编码,贸易伙伴编码,美元\n202603,09021010,116,${value}\n`)
    const options = readOptions({ flow: 'export' }, { acceptPartial: false, dryRun: false })
    const { report } = await importFile(at(iso), { path, options, importedBy: 'test' })
    expect(report.status).toBe('loaded')
  }
  const seenAt = async (iso: string) => {
    const query = { flow: 'export', by: 'hs2', from: '2026-03', to: '2026-03', currency: 'USD' } as const
    const { data } = await loadStructure(database.db, query as never, new Date(iso))
    return data.map(({ value }) => value)
  }

  test('made after the clock was set back replaces the earlier one: never both, never none', async () => {
    await load(5, yearsAhead)
    await load(7, now)
    expect([await seenAt(now), await seenAt(weekLater), await seenAt('2032-01-01T00:00:00Z')]).toEqual([
      ['7'],
      ['7'],
      ['7'],
    ])
  })

  test('is noticed once, also when the clock stands before it', async () => {
    const clock = { iso: now }
    const arrived = watchArrivals({ db: database.db, clock: { now: () => new Date(clock.iso) } })
    expect(await arrived()).toBe(false)
    await load(5, now)
    expect(await arrived()).toBe(false) // another file may follow
    clock.iso = dayBefore
    expect([await arrived(), await arrived()]).toEqual([true, false])
    clock.iso = yearsAhead
    expect(await arrived()).toBe(false)
    await load(7, yearsAhead)
    clock.iso = now
    expect([await arrived(), await arrived()]).toEqual([true, false])
  })
})

describe('who is signed in', () => {
  test('stays so for fourteen days of the clock as it is, and a token until it ends', async () => {
    const opened = await signIn(database.db, { email: person.email, password }, new Date(now))
    if (!opened) throw new Error('sign-in was refused')
    const until = { name: 'p', role: 'officer', enterpriseId: null, expiresAt: new Date(weekLater) } as const
    const token = await createToken(database.db, until, new Date(now))
    const seen = async (iso: string) => [
      (await principalOfSession(database.db, opened.token, new Date(iso))) !== null,
      (await principalOfToken(database.db, token, new Date(iso))) !== null,
    ]
    expect(await seen(dayBefore)).toEqual([true, true])
    expect(await seen(yearsAhead)).toEqual([false, false])
    expect(await seen(now)).toEqual([true, true])
  })
})

test('a second factor used while the clock ran ahead locks nobody out once it is right', async () => {
  const totpSecret = newTotpSecret()
  await database.db.updateTable('account').set({ totpSecret }).execute()
  const enter = (iso: string) => {
    const code = totpCode(totpSecret, Math.floor(Date.parse(iso) / 30_000))
    return signIn(database.db, { email: person.email, password, code }, new Date(iso)).then(Boolean)
  }
  expect(await enter(yearsAhead)).toBe(true)
  expect(await enter(now)).toBe(true)
  await expect(enter(now)).rejects.toThrow(/^code: /)
})

test('the next run is reckoned from the clock as it is, over days off and a change of summer time', () => {
  const morning = { hour: 9, workingDays: true } as const
  const next = (iso: string, timeZone: string) =>
    nextRun(morning, {
      now: new Date(iso),
      timeZone,
      worksOn: (date) => ![0, 6].includes(new Date(date).getUTCDay()),
    }).toISOString()
  expect(next('2026-11-23T00:59:59Z', 'Asia/Shanghai')).toBe('2026-11-23T01:00:00.000Z')
  expect(next('2026-11-23T01:00:00Z', 'Asia/Shanghai')).toBe('2026-11-24T01:00:00.000Z')
  expect(next('2026-11-20T03:00:00Z', 'Asia/Shanghai')).toBe('2026-11-23T01:00:00.000Z')
  expect(next('2026-03-27T12:00:00Z', 'Europe/Paris')).toBe('2026-03-30T07:00:00.000Z')
  expect(next('2026-11-23T00:00:00Z', 'Asia/Kathmandu')).toBe('2026-11-23T03:15:00.000Z')
  const everyMinute = { now: new Date('2026-11-23T00:00:00.500Z'), timeZone: 'UTC', worksOn: () => false }
  expect(nextRun({ hour: null, workingDays: false }, everyMinute).toISOString()).toBe(
    '2026-11-23T00:01:00.000Z',
  )
})
