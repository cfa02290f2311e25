import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { type Config, checkoutRoot } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { addAccount } from '../enterprises/queries.ts'
import { AppError } from '../errors.ts'
import type { Role } from '../http/schema.ts'
import { importFile } from '../ingest/load.ts'
import { readOptions } from '../ingest/options.ts'
import { evaluateWarnings, flushOutbox } from '../warnings/job.ts'

interface DemoDeps {
  connection: Connection
  clock: Clock
  config: Config
  progress: (line: string) => void
}

interface SampleAccounts {
  admin: { email: string; name: string }
  officer: { email: string; name: string }
  enterprise: { email: string; name: string; enterpriseId: string }
}

const samples = join(checkoutRoot, 'data/samples')

/** Loads the synthetic city, judges its warnings, sends the digests to the catcher; returns what to print. Repeatable. */
export async function prepareDemo(deps: DemoDeps): Promise<string[]> {
  const files = readdirSync(samples).filter((name) => name.endsWith('.csv'))
  const revised = files.filter((name) => name.includes('-revised')).sort()
  await load(
    deps,
    files.filter((name) => !revised.includes(name)),
  )
  const passwords = await addAccounts(deps)
  // Judged as the bureau would have: the last revised month before and after its revision, then the latest month, so
  // that the inbox shows a first digest, what a revision takes back, and what is new.
  const revisedMonth = /\d{4}-\d{2}(?=-revised)/.exec(revised.at(-1) ?? '')?.[0]
  const asRevised = revisedMonth === undefined ? {} : { asOfPeriod: revisedMonth }
  await evaluateWarnings(deps, asRevised)
  await load(deps, revised)
  await evaluateWarnings(deps, asRevised)
  await evaluateWarnings(deps)
  await flushOutbox(deps)
  return [
    '合成样本数据 synthetic sample data: 青杉市 Qingshan',
    ...passwords.map(({ role, email, password }) => `  ${role.padEnd(11)} ${email}  ${password}`),
    '  mails caught by the demo are read under 邮件 / Mails',
  ]
}

async function load(deps: DemoDeps, names: string[]): Promise<void> {
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  for (const name of names.sort()) {
    const request = { path: join(samples, name), options, importedBy: 'demo' }
    const { report } = await importFile(deps, request)
    if (report.status === 'refused')
      throw new AppError('refused', `data/samples/${name}: refused: ${report.rejects[0]?.reason}`)
    if (report.status !== 'duplicate') deps.progress(`${name}: ${report.rows.loaded} rows`)
  }
}

/** The demo's three people; their passwords are made once and kept beside the demo's data. */
async function addAccounts({ connection, clock, config }: DemoDeps) {
  const { admin, officer, enterprise }: SampleAccounts = JSON.parse(
    readFileSync(join(samples, 'accounts.json'), 'utf8'),
  )
  const passwords = demoPasswords(config.home)
  const people: { email: string; name: string; role: Role; enterpriseId: string | null; password: string }[] =
    [
      { ...admin, role: 'admin', enterpriseId: null, password: passwords.admin },
      { ...officer, role: 'officer', enterpriseId: null, password: passwords.officer },
      { ...enterprise, role: 'enterprise', password: passwords.enterprise },
    ]
  for (const person of people) {
    await addAccount(connection.db, person, clock.now()).catch((error) => {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error
    })
  }
  return people
}

function demoPasswords(home: string): Record<Role, string> {
  const file = join(home, 'demo.json')
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const made = () => randomBytes(9).toString('base64url')
  const passwords = { admin: made(), officer: made(), enterprise: made(), ...kept }
  writeFileSync(file, JSON.stringify(passwords), { mode: 0o600 })
  return passwords
}
