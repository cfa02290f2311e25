import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { saveMapping } from '../ingest/mapping-queries.ts'
import { readMapping, readOptions } from '../ingest/options.ts'
import { listImports } from '../ingest/queries.ts'
import { undoImport } from '../ingest/undo-queries.ts'
import { withDatabase } from './database.ts'
import { importAll } from './import-files.ts'
import { listTable } from './import-table.ts'
import type { Io } from './io.ts'

export const usage = `import FILE… [--format auto|customs-cn|declaration-cn|ledger|comtrade|baci|<saved mapping>] [--flow export|import]
       [--period YYYY-MM] [--currency CNY|USD] [--encoding utf-8|gb18030|utf-16le|utf-16be|windows-1252]
       [--rates USD=7.12,EUR=7.85] [--sheet NAME] [--part NAME] [--control-total N] [--dry-run] [--accept-partial] [--json]
import --list · import --undo ID · import --save-mapping NAME MAPPING.json
  Loads trade data from CSV files (also .csv.gz) and workbooks, each in one transaction, two at a time; of files with the
  same months the later one holds. --dry-run shows what would happen; --accept-partial loads the good rows of a
  file that has bad ones; --part names one part of a split download.
  --undo takes a load back and makes the figures it replaced current again; --list says who loaded what.`

/** Exit code 0 when every file was loaded or known already, otherwise that of the file that fared worst. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      flow: { type: 'string' },
      period: { type: 'string' },
      encoding: { type: 'string' },
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
  return importAll(positionals, { options, importedBy: caller(), json }, io)
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
