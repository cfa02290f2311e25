import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../errors.ts'
import {
  datedRates,
  type FactProblem,
  type JapanColumn,
  japanColumns,
  parseJapan,
  parseSchedule,
  type TariffPack,
  type TariffRate,
} from './facts.ts'
import { readFlatTariff } from './read-flat-tariff.ts'

/** A pack with its rates; `contentSha256` tells whether the database holds just these. */
export interface PackContent {
  pack: TariffPack
  rates: TariffRate[]
  contentSha256: string
}

const shipped = fileURLToPath(new URL('../../../data/tariffs/', import.meta.url))

type PackEntry = TariffPack & { file: string; column?: string; format?: string }

/** Reads every shipped pack (about 100,000 dated rates, half a second). A broken fact file is a broken release: it throws. */
export function readShippedPacks(folder: string = shipped): PackContent[] {
  const entries = JSON.parse(readFileSync(`${folder}packs.json`, 'utf8')) as PackEntry[]
  return entries.map(({ file, column, format, ...pack }) => {
    const text = readFileSync(`${folder}${file}`, 'utf8')
    const { rates, problems } = parseFacts(pack, text, { column, format })
    if (problems.length > 0) throw brokenFacts(file, problems)
    return withHash(pack, rates)
  })
}

/** A pack and its rates with the hash over both. */
export function withHash(pack: TariffPack, rates: TariffRate[]): PackContent {
  const hash = createHash('sha256').update(JSON.stringify(pack))
  for (const rate of rates)
    hash.update(`${rate.line}|${rate.base}|${rate.validFrom}|${rate.validTo}|${rate.rate}\n`)
  return { pack, rates, contentSha256: hash.digest('hex') }
}

function parseFacts(
  pack: TariffPack,
  text: string,
  { column, format }: { column: string | undefined; format: string | undefined },
): { rates: TariffRate[]; problems: FactProblem[] } {
  if (format === 'flat') return { rates: readFlatTariff(text, pack).rates, problems: [] }
  if (column === undefined) {
    const { lines, problems } = parseSchedule(text)
    return { rates: datedRates(pack.importer, lines), problems }
  }
  if (!isJapanColumn(column))
    throw new AppError('refused', `packs.json: ${column}: one of ${japanColumns.join(', ')}`)
  return parseJapan(text, column, Number(pack.validFrom.slice(0, 4)))
}

function isJapanColumn(column: string): column is JapanColumn {
  return japanColumns.some((known) => known === column)
}

function brokenFacts(file: string, problems: FactProblem[]): AppError {
  const shown = problems.slice(0, 5).map(({ row, problem }) => `row ${row}: ${problem}`)
  return new AppError('refused', `${file}: ${problems.length} rows cannot be read: ${shown.join('; ')}`)
}
