import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { loadTariffs, storePack } from '../rcep/load.ts'
import { loadedPacks } from '../rcep/queries.ts'
import { shippedBooks } from '../rcep/rules/books.ts'
import { checkConcordance } from '../rcep/rules/check-concordance.ts'
import { storeNames, storeRules } from '../rcep/rules/load.ts'
import { loadedNames, loadedRuleSets } from '../rcep/rules/queries.ts'
import { readNameFile } from '../rcep/rules/read-names.ts'
import { type RuleFileOptions, readRuleFile } from '../rcep/rules/read-rules.ts'
import type { PackContent } from '../rcep/tariff/load-packs.ts'
import {
  isPublishedKind,
  type PublishedOptions,
  publishedKinds,
  readPublished,
} from '../rcep/tariff/read-published.ts'
import { loadReference, readReference } from '../reference/load.ts'
import { loadedReference } from '../reference/queries.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `reference load [--json]
reference status [--json]      what is loaded: coverage, source, date, rows
reference import rcep-schedule FILE --importer PARTY --partners GROUP --edition 2012|2017|2022 [--sheet NAME]
                               a schedule of tariff commitments as published (.xls, .xlsx)
reference import japan-tariff FILE --year YYYY
                               Japan's customs tariff of the year from 1 April, flat form (.csv): MFN and RCEP rates
reference import mfn-tariff FILE --importer PARTY --from DAY [--to DAY] --edition E
                               applied MFN rates: CSV line,rate[,from,to], or Australia's Schedule 3 (hs8, mfn_duty)
reference import agreement-tariff FILE --agreement CODE --importer PARTY --from DAY [--to DAY] --edition E
                               rates under another agreement: CSV line,rate[,from,to]
reference import origin-rules FILE --agreement CODE --edition E [--parties CN,NZ --from DAY] [--incomplete]
                               product rules of an agreement: CSV code,rule, English or Chinese
reference import hs-names FILE --edition E
                               names of HS codes (CSV or JSON)
reference import concordance FILE
                               UNSD correlation table (.xlsx): checked against the shipped one, which stands`

type Line = Record<string, unknown>

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      importer: { type: 'string', default: '' },
      partners: { type: 'string', default: '' },
      edition: { type: 'string', default: '' },
      year: { type: 'string', default: '' },
      sheet: { type: 'string' },
      agreement: { type: 'string', default: '' },
      parties: { type: 'string', default: '' },
      from: { type: 'string', default: '' },
      to: { type: 'string', default: '' },
      incomplete: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [action = '', kind = '', file = '', extra] = positionals
  const print = (result: Line[]) => {
    io.stdout(values.json ? `${JSON.stringify(result)}\n` : result.map(readable).join(''))
    return 0
  }
  if (action === 'load' && kind === '') return print(await load())
  if (action === 'status' && kind === '') return print(await status())
  if (action !== 'import') throw invalid('reference', positionals.join(' '), 'load, status or import')
  const kinds = [...publishedKinds, 'origin-rules', 'hs-names', 'concordance']
  if (!kinds.includes(kind)) throw invalid('kind', kind, `one of ${kinds.join(', ')}`)
  if (file === '' || extra !== undefined) throw invalid('file', extra ?? file, 'one file to import')
  return print(await importFile(kind, read(file), { ...values, name: basename(file) }))
}

type FileOptions = PublishedOptions & RuleFileOptions

async function importFile(kind: string, bytes: Uint8Array, options: FileOptions): Promise<Line[]> {
  const { concordance, concordanceRows } = readReference()
  if (isPublishedKind(kind)) {
    const { packs, left } = readPublished(kind, bytes, options, concordance)
    return [
      ...(await store(packs)),
      ...left.map(({ row, problem }) => ({ pack: `row ${row}`, status: 'left out', problem })),
    ]
  }
  if (kind === 'concordance') return [{ ...checkConcordance(bytes, concordanceRows) }]
  if (kind === 'hs-names') {
    const names = readNameFile(bytes, options)
    await withDatabase('reference import', ({ pool }) => storeNames(pool, names, systemClock.now()))
    return [{ pack: `hs-names-${names.edition}`, status: 'loaded', rows: names.names.length }]
  }
  const shipped = new Map(
    shippedBooks().map(({ agreement, terms }) => [
      agreement,
      { parties: [...terms.parties], from: terms.from },
    ]),
  )
  const file = readRuleFile(bytes, options, { concordance, shipped })
  await withDatabase('reference import', ({ pool }) => storeRules(pool, file, systemClock.now()))
  const { set, manual } = file
  return [
    { pack: `origin-${set.agreement.toLowerCase()}`, status: 'loaded', rows: set.rows, manual: set.manual },
    ...manual.map(({ row, code, reason }) => ({
      pack: `row ${row}`,
      status: 'manual',
      problem: `${code}: ${reason}`,
    })),
  ]
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw invalid('file', path, `a readable file: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function store(packs: PackContent[]): Promise<Line[]> {
  return withDatabase('reference import', async ({ pool }) => {
    const loads: Line[] = []
    for (const content of packs)
      loads.push({ ...(await storePack(pool, content, { now: systemClock.now(), shipped: false })) })
    return loads
  })
}

async function load(): Promise<Line[]> {
  return withDatabase('reference load', async ({ pool }) => {
    const { status: state, tables } = await loadReference(pool)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const tariffs = await loadTariffs(pool, systemClock.now())
    return [{ pack: 'reference', status: state, rows }, ...tariffs.map((pack) => ({ ...pack }))]
  })
}

async function status(): Promise<Line[]> {
  return withDatabase('reference status', async ({ db }) => {
    const files = await loadedReference(db)
    const packs = await loadedPacks(db)
    const rules = await loadedRuleSets(db)
    const names = await loadedNames(db)
    return [
      ...shippedBooks().map((book) => ({
        pack: book.id,
        rows: book.rules.size,
        source: `${book.source.en}${book.complete ? '' : ' (incomplete: general rule only)'}`,
        edition: book.edition,
        shipped: true,
      })),
      ...rules.map(({ agreement, loadedAt, ...set }) => ({
        pack: `origin-${agreement.toLowerCase()}`,
        ...set,
        source: set.origin,
        shipped: false,
        loadedAt: loadedAt.toISOString(),
      })),
      ...names.map(({ edition, rows, origin, loadedAt }) => ({
        pack: `hs-names-${edition}`,
        rows,
        source: origin,
        shipped: false,
        loadedAt: loadedAt.toISOString(),
      })),
      ...files.map(({ name, rows, sha256 }) => ({ pack: name, rows, sha256 })),
      ...packs.map(({ id, loadedAt, ...pack }) => ({ pack: id, ...pack, loadedAt: loadedAt.toISOString() })),
    ]
  })
}

function readable(entry: Line): string {
  const { pack, status: state, rows, lines, source, validFrom, validTo, published, loadedAt, shipped } = entry
  const parts = [
    state,
    entry.problem,
    lines === undefined ? null : `${lines} lines`,
    rows === undefined ? null : `${rows} rows`,
    entry.manual ? `${entry.manual} to be read by a person` : null,
    source && `${source}${published ? `, ${published}` : ''}`,
    validFrom && `valid ${validFrom} to ${validTo ?? 'the end of its schedule'}`,
    loadedAt && `loaded ${String(loadedAt).slice(0, 10)}${shipped ? '' : ' (imported)'}`,
  ]
  return `${String(pack).padEnd(28)} ${parts.filter(Boolean).join('; ')}\n`
}
