import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { copyInto } from '../db/copy.ts'
import { invalid } from '../errors.ts'
import { inOwnDatabase } from './bench-database.ts'
import { writeSample } from './bench-ingest-file.ts'
import { type Stage, stagesOf, timed } from './bench-ingest-stages.ts'
import type { Io } from './io.ts'

/** A quoted GB18030 file of the customs against COPY of the same rows clean and narrow, in one run and a database of its own. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    allowNegative: true,
    options: {
      rows: { type: 'string', default: '200000' },
      stages: { type: 'boolean', default: true },
      json: { type: 'boolean', default: false },
    },
  })
  const rows = Number(values.rows)
  if (!/^\d{1,8}$/.test(values.rows) || rows < 1000)
    throw invalid('rows', values.rows, 'from 1000 to 99999999')
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-bench-'))
  try {
    const path = join(folder, '出口.csv')
    await writeSample(path, rows)
    const figures = await inOwnDatabase('bench ingest', async ({ pool }, own) => {
      const rounds: Round[] = []
      for (let round = 0; round < 3; round++) {
        const loaded = await loadInChild(own.url, own.home, path)
        rounds.push({ ...loaded, copyMs: await plainCopy(pool, folder) })
        await pool.query('truncate trade_flow, trade_rollup, slice, source_file cascade')
        await pool.query('checkpoint')
      }
      const stages = values.stages ? await stagesOf(pool, path, folder) : []
      return figuresOf({ rows, path, rounds, stages })
    })
    io.stdout(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
}

interface Loaded {
  status: string
  loadMs: number
  cpuMs: number
  peakMegabytes: number
}

/** A load and the plain COPY of its rows after it: what else the machine does meets both. */
interface Round extends Loaded {
  copyMs: number
}

interface Figures extends Loaded {
  rows: number
  fileMegabytes: number
  rowsPerSecond: number
  copyMs: number
  /** Of the medians, which the times above are. */
  ratio: number
  rounds: string
  stages: Stage[]
  machine: string
}

interface Measured {
  rows: number
  path: string
  rounds: readonly Round[]
  stages: Stage[]
}

function figuresOf({ rows, path, rounds, stages }: Measured): Figures {
  const [loadMs, cpuMs, copyMs] = (['loadMs', 'cpuMs', 'copyMs'] as const).map((name) =>
    median(rounds.map((round) => round[name])),
  ) as [number, number, number]
  const load = loadavg().map((one) => one.toFixed(1))
  return {
    rows,
    fileMegabytes: Math.round(statSync(path).size / 1e6),
    status: [...new Set(rounds.map(({ status }) => status))].join(),
    loadMs,
    cpuMs,
    peakMegabytes: Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes)),
    rowsPerSecond: Math.round(rows / (loadMs / 1000)),
    copyMs,
    ratio: Math.round((loadMs / copyMs) * 100) / 100,
    rounds: rounds.map((round) => `${round.loadMs}/${round.copyMs}`).join(' '),
    stages,
    machine: `${cpus().length} CPUs, load ${load.join(' ')}`,
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Loads the file in a process of its own. */
async function loadInChild(url: string, home: string, path: string): Promise<Loaded> {
  const program = fileURLToPath(new URL('./bench-ingest-child.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, url, home, path])
  return JSON.parse(stdout) as Loaded
}

const narrowColumns = [
  'slice_id',
  'period',
  'hs',
  'partner',
  'trade_mode',
  'district',
  'quantity1',
  'unit1',
  'value_cny',
]

/** COPY of the rows just loaded: as few columns as there are values, into an ordinary table without index. */
async function plainCopy(pool: pg.Pool, folder: string): Promise<number> {
  const path = join(folder, 'narrow.copy')
  const client = await pool.connect()
  try {
    const columns = narrowColumns.join(', ')
    const rows = client.query(copyTo(`copy (select ${columns} from trade_flow) to stdout`))
    await pipeline(rows, createWriteStream(path))
    await client.query(`create table narrow (slice_id bigint, period date, hs text, partner text, trade_mode text,
      district text, quantity1 numeric, unit1 text, value_cny numeric)`)
    await client.query('checkpoint')
    const copy = () =>
      copyInto(client, 'narrow', narrowColumns, createReadStream(path, { highWaterMark: 256 * 1024 }))
    const ms = await timed(copy)
    await client.query('drop table narrow')
    return ms
  } finally {
    client.release()
    rmSync(path, { force: true })
  }
}

function table({ stages, ...figures }: Figures): string {
  const lines = [
    ...Object.entries(figures),
    ...(stages.length > 0
      ? [
          ['', ''],
          ['each stage alone', 'ms'],
        ]
      : []),
    ...stages.map(({ stage, ms }) => [stage, String(ms)]),
  ]
  return `${lines.map(([name = '', value]) => `${String(name).padEnd(34)}${value}`.trimEnd()).join('\n')}\n`
}
