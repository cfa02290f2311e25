import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { invalid } from '../errors.ts'
import { benchRule, loadBenchSeries } from '../warnings/bench-load.ts'
import { evaluateWarnings } from '../warnings/job.ts'
import { addRule } from '../warnings/queries.ts'
import { type SimulationRow, simulationTable } from '../warnings/simulate.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'

interface Figures {
  series: number
  months: number
  generateSeconds: number
  evaluateSeconds: number
  peakMemoryMb: number
  open: number
  simulation: SimulationRow[]
}

/** Prints the time and memory of an evaluation end to end, and how the measures do on a simulated city. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      series: { type: 'string', default: '100000' },
      months: { type: 'string', default: '36' },
      json: { type: 'boolean', default: false },
    },
  })
  const series = wholeNumber('series', values.series, 1_000_000)
  const months = wholeNumber('months', values.months, 120)
  const scale = await inOwnDatabase((url, config) => evaluateAtScale(url, { config, series, months }))
  const figures: Figures = { ...scale, simulation: simulationTable() }
  io.stdout(values.json ? `${JSON.stringify(figures)}\n` : readable(figures))
  return 0
}

type BenchConfig = Parameters<Parameters<typeof withUnmigratedDatabase>[1]>[1]

async function inOwnDatabase<T>(work: (url: string, config: BenchConfig) => Promise<T>): Promise<T> {
  return withUnmigratedDatabase('bench warnings', async ({ pool }, config) => {
    const name = `tradewind_bench_${randomBytes(4).toString('hex')}`
    await pool.query(`create database ${name}`)
    try {
      return await work(databaseUrl(pool.options.connectionString ?? '', name), config)
    } finally {
      await pool.query(`drop database ${name} with (force)`)
    }
  })
}

function databaseUrl(url: string, name: string): string {
  return url.replace(/^([^:]+:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}

async function evaluateAtScale(
  url: string,
  { config, series, months }: { config: BenchConfig; series: number; months: number },
): Promise<Omit<Figures, 'simulation'>> {
  const connection = connect(url)
  try {
    await migrate(connection.pool)
    const before = performance.now()
    await loadBenchSeries(connection.pool, { series, months, now: systemClock.now() })
    await addRule(connection.db, benchRule, systemClock.now())
    const start = performance.now()
    const report = await evaluateWarnings({ connection, clock: systemClock, config })
    const end = performance.now()
    return {
      series,
      months,
      generateSeconds: (start - before) / 1000,
      evaluateSeconds: (end - start) / 1000,
      peakMemoryMb: process.resourceUsage().maxRSS / 1024,
      open: report.rules[0]?.open ?? 0,
    }
  } finally {
    await connection.close()
  }
}

function readable({ simulation, ...figures }: Figures): string {
  const { series, months, generateSeconds, evaluateSeconds, peakMemoryMb, open } = figures
  const lines = [
    `${series} series of ${months} months, all above the floor, by the friction rule: ${open} open`,
    `evaluated end to end in ${evaluateSeconds.toFixed(1)} s, peak memory ${peakMemoryMb.toFixed(0)} MB (generated in ${generateSeconds.toFixed(1)} s)`,
    '',
    'simulated city: 4,000 series of 7 years, 5 % with a step of +60 % in the last; source: figures of the study it repeats',
    'rule                               false/1,000   source  Jan-Feb  found<=3  source  quiet  source  delay  source',
    ...simulation.map(
      ({ name, score, source }) =>
        `${name.padEnd(34)} ${score.falseAlarmsPerThousand.toFixed(1).padStart(11)} ${cell(source?.falseAlarmsPerThousand, 8)} ` +
        `${percent(score.holidayShare, 8)} ${percent(score.detected, 9)} ${percent(source?.detected, 7)} ` +
        `${percent(score.detectedQuiet, 6)} ${percent(source?.detectedQuiet, 7)} ${cell(score.medianDelay, 6)} ${cell(source?.medianDelay, 7)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function cell(value: number | null | undefined, width: number): string {
  return String(value ?? '-').padStart(width)
}

function percent(value: number | undefined, width: number): string {
  return (value === undefined ? '-' : `${(100 * value).toFixed(0)} %`).padStart(width)
}

function wholeNumber(field: string, given: string, most: number): number {
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= 1 && value <= most) return value
  throw invalid(field, given, `a whole number from 1 to ${most}`)
}
