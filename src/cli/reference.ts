import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { storeComplexity } from '../indicators/load-projection.ts'
import { readComplexity } from '../indicators/read-complexity.ts'
import { loadTariffs, storePack } from '../rcep/load.ts'
import { loadedPacks } from '../rcep/queries.ts'
import { shippedBooks } from '../rcep/rules/books.ts'
import { storeConcordance, storeNames, storeRules } from '../rcep/rules/load.ts'
import { loadedConcordances, loadedNames, loadedRuleSets } from '../rcep/rules/queries.ts'
import { readConcordance } from '../rcep/rules/read-concordance.ts'
import { readNameFile } from '../rcep/rules/read-names.ts'
import { type RuleFileOptions, readRuleFile } from '../rcep/rules/read-rules.ts'
import type { PackContent } from '../rcep/tariff/load-packs.ts'
import {
  isPublishedKind,
  type PublishedOptions,
  publishedKinds,
  readPublished,
} from '../rcep/tariff/read-published.ts'
import { hsEditions, isHsEdition } from '../reference/concordance.ts'
import { readGroups } from '../reference/groups.ts'
import { storeGroups } from '../reference/groups-load.ts'
import { readLineList } from '../reference/line-lists.ts'
import { lineListsStatus, storeLineList } from '../reference/line-lists-load.ts'
import { loadReference, readReference } from '../reference/load.ts'
import type { Reference } from '../reference/parse.ts'
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
reference import hs-lines FILE --year YYYY
                               China's eight-digit codes of a year (CSV with a column code, 商品编码 or 税则号列): files of
                               that year, and of years of its HS edition without a list, are checked against it
reference import groups FILE       groups of partners, such as the Belt and Road (CSV group,member,from,to)
reference import complexity FILE --edition E
                               product complexities as published (CSV product,pci), or a country × product table to
                               solve (CSV country,product,value)
reference import concordance FILE
                               correlation of two HS editions, used in place of the shipped one for the codes it names:
                               the table of the UN Statistics Division (.xlsx), or CSV such as hs2022,hs2012`

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
  const kinds = [
    ...publishedKinds,
    'origin-rules',
    'hs-names',
    'hs-lines',
    'concordance',
    'groups',
    'complexity',
  ]
  if (!kinds.includes(kind)) throw invalid('kind', kind, `one of ${kinds.join(', ')}`)
  if (file === '' || extra !== undefined) throw invalid('file', extra ?? file, 'one file to import')
  return print(await importFile(kind, read(file), { ...values, name: basename(file) }))
}

type FileOptions = PublishedOptions & RuleFileOptions

async function importFile(kind: string, bytes: Uint8Array, options: FileOptions): Promise<Line[]> {
  const reference = readReference()
  const { concordance } = reference
  if (isPublishedKind(kind)) {
    const { packs, left } = readPublished(kind, bytes, options, concordance)
    return [
      ...(await store(packs)),
      ...left.map(({ row, problem }) => ({ pack: `row ${row}`, status: 'left out', problem })),
    ]
  }
  if (kind === 'concordance') {
    const file = readConcordance(bytes, options.name, reference)
    await withDatabase('reference import', ({ pool }) => storeConcordance(pool, file, systemClock.now()))
    const { from, to, pairs, added, lacking } = file
    const problem = `${added.length} pairs more than the shipped table, ${lacking.length} fewer`
    return [
      { pack: `concordance-${from}-${to}`, status: 'loaded', rows: pairs.length, problem, added, lacking },
    ]
  }
  if (kind === 'groups' || kind === 'complexity') return importLists(kind, bytes, options, reference)
  if (kind === 'hs-lines') {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { name: origin, year = '' } = options
    const list = readLineList(utf8(bytes, origin), { origin, sha256, year })
    await withDatabase('reference import', ({ pool }) => storeLineList(pool, list, systemClock.now()))
    return [{ pack: `hs-lines-${list.year}`, status: 'loaded', rows: list.codes.length }]
  }
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

async function importLists(
  kind: 'groups' | 'complexity',
  bytes: Uint8Array,
  { name: origin, edition }: FileOptions,
  { countries }: Reference,
): Promise<Line[]> {
  const text = utf8(bytes, origin)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (kind === 'groups') {
    const groups = readGroups(text, { origin, sha256 }, countries)
    await withDatabase('reference import', ({ pool }) => storeGroups(pool, groups, systemClock.now()))
    return groups.map(({ group, members }) => ({
      pack: `group-${group}`,
      status: 'loaded',
      rows: members.length,
    }))
  }
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  const file = readComplexity(text, { origin, sha256, edition })
  await withDatabase('reference import', ({ pool }) => storeComplexity(pool, file, systemClock.now()))
  return [{ pack: `complexity-hs${file.digits}`, status: 'loaded', rows: file.products.length }]
}

function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('file', name, 'text in UTF-8')
  }
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
  return withDatabase('reference status', async ({ db, pool }) => {
    const files = await loadedReference(db)
    const packs = await loadedPacks(db)
    const rules = await loadedRuleSets(db)
    const names = await loadedNames(db)
    const concordances = await loadedConcordances(db)
    const lineLists = await lineListsStatus(pool)
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
      ...lineLists.map(({ year, rows, origin, loadedAt }) => ({
        pack: `hs-lines-${year}`,
        rows,
        source: origin,
        shipped: false,
        loadedAt: loadedAt.toISOString(),
      })),
      ...concordances.map(({ from, to, rows, origin, loadedAt }) => ({
        pack: `concordance-${from}-${to}`,
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
