import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { systemClock } from '../clock.ts'
import { connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { invalid } from '../errors.ts'
import { benchRule, loadBenchSeries } from '../warnings/bench-load.ts'
import { evaluateWarnings } from '../warnings/job.ts'
import { addRule } from '../warnings/queries.ts'
import type { Estimate } from '../warnings/simulation/simulate.ts'
import { type SimulationRow, simulationTable } from '../warnings/simulation/simulate-table.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'

interface Figures {
  series: number
  months: number
  generateSeconds: number
  evaluateSeconds: number
  /** Of this process and of the database's: what the time above would be on a machine with nothing else to do is between the larger and the sum. */
  cpuSeconds: { service: number; database: number | null }
  /** The most each of the two ever held, shared pages counted; the database's process serves this evaluation alone. */
  peakMemoryMb: { service: number; database: number | null }
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
  const connection = connect(url, { max: 1 })
  try {
    await migrate(connection.pool)
    const before = performance.now()
    await loadBenchSeries(connection.pool, { series, months, now: systemClock.now() })
    await addRule(connection.db, benchRule, systemClock.now())
    const database = await backendUse(connection.pool)
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const report = await evaluateWarnings({ connection, clock: systemClock, config })
    const [end, spent] = [performance.now(), process.cpuUsage(cpu)]
    return {
      series,
      months,
      generateSeconds: (start - before) / 1000,
      evaluateSeconds: (end - start) / 1000,
      cpuSeconds: { service: (spent.user + spent.system) / 1e6, database: database.cpuSeconds() },
      peakMemoryMb: { service: process.resourceUsage().maxRSS / 1024, database: database.peakMemoryMb() },
      open: report.rules[0]?.open ?? 0,
    }
  } finally {
    await connection.close()
  }
}

const ticksPerSecond = 100

/**
 * What the only connection's server process uses: seconds it has worked since now, and the most memory it ever held; null
 * where it runs on another machine or system.
 */
async function backendUse(pool: pg.Pool) {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const read = (name: string) => {
    const file = `/proc/${rows[0]?.pid}/${name}`
    return existsSync(file) ? readFileSync(file, 'utf8') : null
  }
  const worked = () => {
    const stat = read('stat')
    // after the name in brackets; fields 14 and 15 of proc(5), user and system time
    const fields = stat?.split(') ')[1]?.split(' ')
    return fields ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : null
  }
  const before = worked()
  return {
    cpuSeconds: () => {
      const after = worked()
      return before === null || after === null ? null : after - before
    },
    peakMemoryMb: () => {
      const peak = /VmHWM:\s+(\d+) kB/.exec(read('status') ?? '')?.[1]
      return peak === undefined ? null : Number(peak) / 1024
    },
  }
}

function readable({ simulation, ...figures }: Figures): string {
  const { series, months, generateSeconds, evaluateSeconds, cpuSeconds, peakMemoryMb, open } = figures
  const cpu = (seconds: number | null) => `${seconds?.toFixed(1) ?? '?'} s`
  const memory = (megabytes: number | null) => `${megabytes?.toFixed(0) ?? '?'} MB`
  const lines = [
    `${series} series of ${months} months, all above the floor, by the friction rule: ${open} open`,
    `evaluated end to end in ${evaluateSeconds.toFixed(1)} s (generated in ${generateSeconds.toFixed(1)} s)`,
    `service: processor ${cpu(cpuSeconds.service)}, peak memory ${memory(peakMemoryMb.service)}; database: ${cpu(cpuSeconds.database)}, ${memory(peakMemoryMb.database)} with its shared buffers`,
    '',
    ...simulationLines(simulation),
  ]
  return `${lines.join('\n')}\n`
}

/** Ours and the study's figures, each of ours with the standard error of this draw. */
function simulationLines(simulation: readonly SimulationRow[]): string[] {
  const apart = simulation.flatMap(({ name, apart }) => apart.map((figure) => `${name}: ${figure}`))
  const compared = simulation.filter(({ source }) => source).length * 3
  return [
    'simulated city: 4,000 series of 7 years, 5 % with a step of +60 % in the last; (figures of the study it repeats)',
    'Jan-Feb          rule                                 false alarms/1,000 of them Jan-Feb   found in 3 months        of quiet series     delay        false',
    ...simulation.map(({ name, merged, score, source }) =>
      [
        (merged ? 'one period' : 'two').padEnd(16),
        name.padEnd(34),
        estimate(score.falseAlarmsPerThousand, source?.falseAlarmsPerThousand, 1).padStart(20),
        `${percent(score.holidayShare)} (${percent(source?.holidayShare)})`.padStart(16),
        estimate(hundred(score.detected), source && 100 * source.detected, 0).padStart(20),
        estimate(hundred(score.detectedQuiet), source && 100 * source.detectedQuiet, 0).padStart(22),
        `${score.medianDelay ?? '-'} (${source?.medianDelay ?? '-'})`.padStart(9),
        `${percent(score.falseDiscoveries)} (${percent(source?.falseDiscoveries)})`.padStart(13),
      ].join(' '),
    ),
    `${compared - apart.length} of ${compared} compared figures within two standard errors of the difference of two draws` +
      (apart.length > 0 ? `; apart: ${apart.join(', ')}` : ''),
  ]
}

function estimate({ value, error }: Estimate, source: number | null | undefined, decimals: number): string {
  return `${value.toFixed(decimals)} ± ${error.toFixed(1)} (${source?.toFixed(decimals) ?? '-'})`
}

function hundred({ value, error }: Estimate): Estimate {
  return { value: 100 * value, error: 100 * error }
}

function percent(value: number | undefined): string {
  return value === undefined ? '-' : `${(100 * value).toFixed(0)} %`
}

function wholeNumber(field: string, given: string, most: number): number {
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= 1 && value <= most) return value
  throw invalid(field, given, `a whole number from 1 to ${most}`)
}
