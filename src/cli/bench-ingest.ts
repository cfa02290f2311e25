import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import { copyInto } from '../db/copy.ts'
import { invalid } from '../errors.ts'
import { importFile } from '../ingest/load.ts'
import { readOptions } from '../ingest/options.ts'
import { inspectFile } from '../ingest/read.ts'
import { undoImport } from '../ingest/undo-queries.ts'
import { readReference } from '../reference/load.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

/** A quoted GB18030 file of the customs against COPY of the same rows clean and narrow, in one run; nothing is kept. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { rows: { type: 'string', default: '200000' }, json: { type: 'boolean', default: false } },
  })
  const rows = Number(values.rows)
  if (!/^\d{1,8}$/.test(values.rows) || rows < 1000)
    throw invalid('rows', values.rows, 'from 1000 to 99999999')
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-bench-'))
  try {
    const path = join(folder, '出口.csv')
    await writeFile(path, rows)
    const figures = await withDatabase('bench', (connection, config) =>
      measure(connection, config, { path, rows }),
    )
    io.stdout(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
}

type Figures = Record<string, number>

async function measure(
  connection: Connection,
  config: { home: string; timeZone: string },
  { path, rows }: { path: string; rows: number },
): Promise<Figures> {
  const inspectMs = await timed(() => inspectFile(path))
  const options = (dryRun: boolean) => readOptions({ flow: 'export' }, { acceptPartial: false, dryRun })
  const deps = { connection, clock: systemClock, config }
  const request = { path, importedBy: 'bench' }
  let peakBytes = 0
  const onProgress = () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }
  const loadMs = await timed(() => importFile(deps, { ...request, options: options(false), onProgress }))
  const { sha256 } = await inspectFile(path)
  const { rows: loaded } = await connection.pool.query<{ id: number }>(
    `select id from source_file where sha256 = $1 and state = 'loaded'`,
    [sha256],
  )
  const id = loaded[0]?.id ?? 0
  const copyMs = await plainCopy(connection, id)
  await undoImport(connection, id, { by: 'bench', at: systemClock.now() })
  await connection.pool.query('delete from source_file where id = $1', [id])
  return {
    rows,
    fileMegabytes: Math.round(statSync(path).size / 1e6),
    inspectMs,
    loadMs,
    rowsPerSecond: Math.round(rows / (loadMs / 1000)),
    copyMs,
    ratio: Math.round((loadMs / copyMs) * 10) / 10,
    peakMegabytes: Math.round(Math.max(peakBytes, process.memoryUsage.rss()) / 1e6),
  }
}

/** COPY of the rows just loaded, as few columns as there are values, into a table without index. */
async function plainCopy({ pool }: Connection, id: number): Promise<number> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ line: string }>(
      `select concat_ws(e'\\t', f.slice_id, f.period, f.hs, f.partner, f.trade_mode, f.district, f.quantity1, f.unit1, f.value_cny) as line
       from trade_flow f join slice s on s.id = f.slice_id where s.source_file_id = $1 limit 200000`,
      [id],
    )
    const total = await client.query<{ n: number }>(
      'select sum(rows)::bigint as n from slice where source_file_id = $1',
      [id],
    )
    const repeats = (total.rows[0]?.n ?? 0) / Math.max(1, rows.length)
    await client.query(`create temp table narrow (slice_id bigint, period date, hs text, partner text, trade_mode text,
      district text, quantity1 numeric, unit1 text, value_cny numeric)`)
    const columns = [
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
    const text = rows.map((row) => `${row.line}\n`)
    const chunks: string[] = []
    for (let at = 0; at < text.length; at += 1000) chunks.push(text.slice(at, at + 1000).join(''))
    const once = await timed(() => copyInto(client, 'narrow', columns, chunks))
    await client.query('drop table narrow')
    return Math.round(once * repeats)
  } finally {
    client.release()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(performance.now() - started)
}

function table(figures: Figures): string {
  return `${Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(16)}${value}`)
    .join('\n')}\n`
}

/** Months of one year, lines in the order of the list, a few partners and modes each, as the public download has them. */
async function writeFile(path: string, rows: number): Promise<void> {
  const { lines, countries } = readReference()
  const partners = countries.all.filter((country) => country.kind === 'country')
  const encode = gb18030Encoder()
  const header = [
    '数据年月',
    '商品编码',
    '商品名称',
    '贸易伙伴编码',
    '贸易伙伴名称',
    '贸易方式编码',
    '贸易方式名称',
  ]
  const rest = ['注册地编码', '注册地名称', '第一数量', '第一计量单位', '第二数量', '第二计量单位', '人民币']
  const out = createWriteStream(path)
  const quoted = (cells: readonly string[]) => `${cells.map((cell) => `"${encode(cell)}"`).join(',')},\n`
  out.write(Buffer.from(quoted([...header, ...rest]), 'latin1'))
  const perMonth = Math.ceil(rows / 12)
  let text = ''
  for (let row = 0; row < rows; row++) {
    const place = row % perMonth
    const line = lines[Math.floor((place / perMonth) * lines.length)]
    const partner = partners[(place * 7 + Math.floor(place / 5)) % 60]
    const value = ((row * 7919) % 99_991) * 37 + 5
    const month = `2025${String(Math.floor(row / perMonth) + 1).padStart(2, '0')}`
    const mode = place % 3 === 0 ? ['14', '来料加工贸易'] : ['10', '一般贸易']
    const goods = [line?.code ?? '', line?.nameZh ?? '', partner?.code ?? '', partner?.nameZh ?? '']
    const amounts = [String(value % 100_000), line?.unit1 ?? '', '0', '?', value.toLocaleString('en')]
    text += quoted([month, ...goods, ...mode, '37', '山东省', ...amounts])
    if (text.length < 1_000_000) continue
    if (!out.write(Buffer.from(text, 'latin1')))
      await new Promise<void>((resolve) => out.once('drain', () => resolve()))
    text = ''
  }
  out.end(Buffer.from(text, 'latin1'))
  await finished(out)
}

/** Encodes names as GB18030, one character to a byte; characters outside its two-byte part become a question mark. */
function gb18030Encoder(): (text: string) => string {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, string>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const bytes = Buffer.from([lead, trail])
      table.set(decoder.decode(bytes), bytes.toString('latin1'))
    }
  }
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const bytes = [...text].map((one) => (one < '\x80' ? one : (table.get(one) ?? '?'))).join('')
    if (known.size < 20_000) known.set(text, bytes)
    return bytes
  }
}
