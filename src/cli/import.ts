import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import { importFile } from '../ingest/load.ts'
import { saveMapping } from '../ingest/mapping-queries.ts'
import { type ImportOptions, readMapping, readOptions } from '../ingest/options.ts'
import { listImports } from '../ingest/queries.ts'
import type { ImportReport, Progress } from '../ingest/schema.ts'
import { undoImport } from '../ingest/undo-queries.ts'
import { withDatabase } from './database.ts'
import { importTable, listTable } from './import-table.ts'
import type { Io } from './io.ts'

export const usage = `import FILE… [--format auto|customs-cn|declaration-cn|ledger|comtrade|baci|<saved mapping>] [--flow export|import]
       [--period YYYY-MM] [--currency CNY|USD] [--rates USD=7.12,EUR=7.85] [--sheet NAME] [--part NAME]
       [--control-total N] [--dry-run] [--accept-partial] [--json]
import --list · import --undo ID · import --save-mapping NAME MAPPING.json
  Loads trade data from CSV files (also .csv.gz) and workbooks, each in one transaction. --dry-run shows what would
  happen; --accept-partial loads the good rows of a file that has bad ones; --part names one part of a split download.
  --undo takes a load back and makes the figures it replaced current again; --list says who loaded what.`

/** Exit code 0 when every file was loaded or known already, 3 when one was refused, 2 when one needs more to be said. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      flow: { type: 'string' },
      period: { type: 'string' },
      currency: { type: 'string' },
      part: { type: 'string' },
      rates: { type: 'string' },
      sheet: { type: 'string' },
      'control-total': { type: 'string' },
      undo: { type: 'string' },
      list: { type: 'boolean', default: false },
      'save-mapping': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'accept-partial': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const { json } = values
  if (values.list) return listAll(io, json)
  if (values.undo !== undefined) return undoOne(values.undo, io, json)
  if (values['save-mapping'] !== undefined) return saveOne(values['save-mapping'], positionals[0], io)
  if (positionals.length === 0) throw invalid('FILE', '(missing)', 'at least one file to import')
  const texts = { ...values, controlTotal: values['control-total'] }
  const options = readOptions(texts, {
    acceptPartial: values['accept-partial'],
    dryRun: values['dry-run'],
  })
  return importAll(positionals, options, { io, json })
}

async function listAll(io: Io, json: boolean): Promise<number> {
  const entries = await withDatabase('import', ({ pool }) => listImports(pool, 500))
  io.stdout(json ? `${JSON.stringify(entries, null, 2)}\n` : listTable(entries))
  return 0
}

async function undoOne(text: string, io: Io, json: boolean): Promise<number> {
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw invalid('undo', text, 'the number of a load, as import --list shows it')
  const undone = await withDatabase('import', (connection) =>
    undoImport(connection, Number(text), { by: caller(), at: systemClock.now() }),
  )
  const { name, slices, restored } = undone
  io.stdout(
    json
      ? `${JSON.stringify(undone, null, 2)}\n`
      : `${name}: undone: ${slices} slices taken away, ${restored} older ones are current again\n`,
  )
  return 0
}

async function saveOne(name: string, path: string | undefined, io: Io): Promise<number> {
  if (path === undefined) throw invalid('MAPPING.json', '(missing)', 'a file with the columns of the layout')
  const mapping = readMapping(name, parseJson(path))
  await withDatabase('import', ({ pool }) =>
    saveMapping(pool, { name, mapping, by: caller(), at: systemClock.now() }),
  )
  io.stdout(`${name}: saved; use it with --format ${name}\n`)
  return 0
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw invalid(
      'MAPPING.json',
      path,
      `a readable JSON file (${error instanceof Error ? error.message : ''})`,
    )
  }
}

const caller = () => `cli:${userInfo().username}`

async function importAll(
  paths: readonly string[],
  options: ImportOptions,
  { io, json }: { io: Io; json: boolean },
): Promise<number> {
  const reports: ImportReport[] = []
  let code = 0
  await withDatabase('import', async (connection, config) => {
    for (const path of paths) {
      try {
        const { report } = await importFile(
          { connection, clock: systemClock, config },
          { path, options, importedBy: caller(), onProgress: progressLine(io) },
        )
        reports.push(report)
        if (report.status === 'refused') code = Math.max(code, 3)
        if (!json) io.stdout(importTable(report))
      } catch (error) {
        if (!(error instanceof AppError) || paths.length === 1) throw error
        io.stderr(`${path}\nerror: ${error.message}\n`)
        code = Math.max(code, 2)
      }
    }
  })
  if (json) io.stdout(`${JSON.stringify(paths.length === 1 ? reports[0] : reports, null, 2)}\n`)
  return code
}

const largeBytes = 20_000_000
const betweenLinesMs = 1000

/** Rewrites one line on a terminal; elsewhere only large files say how far they are, a line every ten percent. */
function progressLine(io: Io): (progress: Progress) => void {
  let shown = 0
  let decile = 0
  return ({ bytes, totalBytes, rows }) => {
    const percent = Math.floor((bytes / Math.max(1, totalBytes)) * 100)
    if (process.stderr.isTTY) {
      const now = performance.now()
      if (now - shown < betweenLinesMs && bytes < totalBytes) return
      shown = now
      io.stderr(`\r${percent} %, ${rows} rows${bytes >= totalBytes ? '\n' : ''}`)
    } else if (totalBytes >= largeBytes && Math.floor(percent / 10) > decile) {
      decile = Math.floor(percent / 10)
      io.stderr(`${percent} %, ${rows} rows\n`)
    }
  }
}
