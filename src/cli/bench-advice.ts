import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Connection, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { createToken } from '../enterprises/queries.ts'
import { invalid } from '../errors.ts'
import { buildApp } from '../http/app.ts'
import { answer, reason } from '../rcep/advice/answer.ts'
import { loadDossier } from '../rcep/advice/dossier.ts'
import { readQuestion } from '../rcep/advice/question.ts'
import { benchBill, benchFirm, loadBenchFirm } from '../rcep/bench-load.ts'
import { knownFacts } from '../rcep/facts-load.ts'
import { loadTariffs } from '../rcep/load.ts'
import { checkCase } from '../rcep/origin/check-case.ts'
import { evaluateOrigin } from '../rcep/origin/evaluate.ts'
import { shippedOriginFacts } from '../rcep/origin/shipped-facts.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'

interface Figure {
  what: string
  figure: number
  unit: 'a CPU second' | 'ms'
}

/** Prints how many verdicts and advices one core gives a second, and how long a firm's whole matrix takes through HTTP. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { seconds: { type: 'string', default: '2' }, json: { type: 'boolean', default: false } },
  })
  if (!/^\d{1,2}$/.test(values.seconds) || Number(values.seconds) < 1)
    throw invalid('seconds', values.seconds, 'a whole number from 1 to 99')
  const seconds = Number(values.seconds)
  const figures = [...originFigures(seconds), ...(await serviceFigures(seconds))]
  io.stdout(values.json ? `${JSON.stringify(figures)}\n` : figures.map(readable).join(''))
  return 0
}

function readable({ what, figure, unit }: Figure): string {
  return `${what.padEnd(72)} ${figure.toLocaleString('en').padStart(9)} ${unit}\n`
}

function originFigures(seconds: number): Figure[] {
  const facts = shippedOriginFacts()
  return (['passing', 'failing', 'undecided'] as const).map((kind) => {
    const input = checkCase(benchBill(kind))
    return {
      what: `origin verdicts of a ${kind} bill of 20 lines`,
      figure: rate(seconds, () => void evaluateOrigin(input, facts)),
      unit: 'a CPU second',
    }
  })
}

async function serviceFigures(seconds: number): Promise<Figure[]> {
  return inOwnDatabase(async (connection, config) => {
    await migrate(connection.pool)
    await loadTariffs(connection.pool, systemClock.now())
    await loadBenchFirm(connection.pool, systemClock.now())
    return [...(await adviceFigures(connection, seconds)), ...(await httpFigures(connection, config))]
  })
}

async function adviceFigures({ db }: Connection, seconds: number): Promise<Figure[]> {
  const facts = await knownFacts(db)
  const { reference, books } = facts
  const asked = { hs: '610442', from: 'CN', to: 'JP', on: benchFirm.on, value: '100000', currency: 'USD' }
  const question = readQuestion(asked, reference)
  const dossier = await loadDossier(db, facts, question, 'zh')
  const input = checkCase({ ...benchBill('passing'), on: benchFirm.on })
  const judging = { input, books, concordance: reference.concordance, language: 'zh' as const }
  const whole = { bill: input, language: 'zh' as const }
  return [
    {
      what: 'full advice with a bill of 20 lines, facts at hand',
      figure: rate(seconds, () => void reason(dossier, question, judging)),
      unit: 'a CPU second',
    },
    {
      what: `full advice with a bill of 20 lines, facts from the database, ${askers} at once`,
      figure: await rateOf(seconds, async () => answer(db, await knownFacts(db), question, whole)),
      unit: 'a CPU second',
    },
  ]
}

async function httpFigures(connection: Connection, config: Config): Promise<Figure[]> {
  const owner = { name: 'bench', role: 'officer', enterpriseId: null } as const
  const token = await createToken(connection.db, owner, systemClock.now())
  const app = await buildApp({ connection, clock: systemClock, config, inbox: null })
  const url = `/api/v1/rcep/opportunities?enterprise=${benchFirm.id}&on=${benchFirm.on}`
  await app.ready()
  const times: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const start = performance.now()
    const reply = await app.inject({ url, headers: { authorization: `Bearer ${token}` } })
    times.push(performance.now() - start)
    const cells = reply.json<{ data?: { cells: unknown[] } }>().data?.cells.length
    if (cells !== benchFirm.products * 14)
      throw new Error(`expected ${benchFirm.products * 14} cells: ${reply.body.slice(0, 300)}`)
  }
  await app.close()
  const [first = 0, ...later] = times
  return [
    {
      what: `a firm's ${benchFirm.products} products x 14 Parties through HTTP, first`,
      figure: Math.round(first),
      unit: 'ms',
    },
    {
      what: `a firm's ${benchFirm.products} products x 14 Parties through HTTP, slowest of five`,
      figure: Math.round(Math.max(...later)),
      unit: 'ms',
    },
  ]
}

/** Calls a second of processor time, so that other work on the machine does not count; after a warm-up of half a second. */
function rate(seconds: number, work: () => void): number {
  const count = (duration: number) => {
    const start = process.cpuUsage()
    let [calls, used] = [0, 0]
    while (used < duration) {
      for (let call = 0; call < 50; call += 1) work()
      calls += 50
      const { user, system } = process.cpuUsage(start)
      used = (user + system) / 1e6
    }
    return calls / used
  }
  count(0.5)
  return Math.round(count(seconds))
}

const askers = 16

/** The same for work that waits, asked by several at once: what the service itself spends, the database server apart. */
async function rateOf(seconds: number, work: () => Promise<unknown>): Promise<number> {
  for (let call = 0; call < 200; call += 1) await work()
  const start = process.cpuUsage()
  let [calls, used] = [0, 0]
  const ask = async () => {
    while (used < seconds) {
      await work()
      calls += 1
      const { user, system } = process.cpuUsage(start)
      used = (user + system) / 1e6
    }
  }
  await Promise.all(Array.from({ length: askers }, ask))
  return Math.round(calls / used)
}

async function inOwnDatabase<T>(work: (connection: Connection, config: Config) => Promise<T>): Promise<T> {
  return withUnmigratedDatabase('bench advice', async ({ pool }, config) => {
    const name = `tradewind_bench_${randomBytes(4).toString('hex')}`
    await pool.query(`create database ${name}`)
    const url = (pool.options.connectionString ?? '').replace(/^([^:]+:\/\/[^/]*\/)[^?]*/, `$1${name}`)
    const connection = connect(url)
    try {
      return await work(connection, config)
    } finally {
      await connection.close()
      await pool.query(`drop database ${name} with (force)`)
    }
  })
}
