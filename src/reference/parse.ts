import Papa from 'papaparse'
import {
  buildConcordance,
  type Concordance,
  type ConcordanceRow,
  concordanceRows,
  type HsEdition,
  hsEditions,
} from './concordance.ts'
import { type Country, type CountryIndex, indexCountries, type Membership } from './countries.ts'
import type { Chapter, Section, StatisticalLine } from './hs.ts'
import type { CodeName, NamedCode, SupervisionMode, TradeMode } from './modes.ts'
import { indexUnits, type UnitIndex } from './units.ts'

/** The files of data/reference by name. */
export const referenceFiles = [
  'chapters.csv',
  'concordance-2017-2012.csv',
  'concordance-2022-2012.csv',
  'concordance-2022-2017.csv',
  'countries.csv',
  'districts.csv',
  'groups.csv',
  'hs6.csv',
  'hs8-2014.csv',
  'hs8-2022.csv',
  'ownership.csv',
  'provinces.csv',
  'sections.csv',
  'supervision-modes.csv',
  'trade-modes.csv',
  'transport-modes.csv',
  'units.csv',
] as const
export type ReferenceFile = (typeof referenceFiles)[number]

export interface District {
  readonly code: string
  readonly nameZh: string
  readonly kind: string | null
}

/** Everything data/reference holds, ready for use. */
export interface Reference {
  readonly countries: CountryIndex
  readonly memberships: readonly Membership[]
  readonly sections: readonly Section[]
  readonly chapters: readonly Chapter[]
  /** The statistical list of 2022. */
  readonly lines: readonly StatisticalLine[]
  /** Eight-digit codes by the year of their list. */
  readonly lineCodes: ReadonlyMap<number, ReadonlySet<string>>
  /** Six-digit codes of each edition. */
  readonly subheadings: ReadonlyMap<HsEdition, ReadonlySet<string>>
  readonly concordance: Concordance
  readonly concordanceRows: readonly ConcordanceRow[]
  readonly tradeModes: readonly TradeMode[]
  readonly supervisionModes: readonly SupervisionMode[]
  readonly transportModes: readonly CodeName[]
  readonly ownerships: readonly NamedCode[]
  readonly units: UnitIndex
  readonly provinces: readonly NamedCode[]
  readonly districts: readonly District[]
}

type Row = Readonly<Record<string, string>>

/** Reads the texts of the files. Pure; a missing column is empty text. The large lists are read when they are asked for. */
export function parseReference(texts: Readonly<Record<ReferenceFile, string>>): Reference {
  const rows = (name: ReferenceFile) => csvRows(texts[name])
  const subheadings = once(() => parseSubheadings(rows('hs6.csv')))
  const lines = once(() => rows('hs8-2022.csv').map(toLine))
  const lineCodes = once(
    () =>
      new Map([
        [2014, new Set(rows('hs8-2014.csv').map((row) => text(row, 'code')))],
        [2022, new Set(lines().map(({ code }) => code))],
      ]),
  )
  const related = once(() => [
    ...parseConcordance('2022', '2017', rows('concordance-2022-2017.csv')),
    ...parseConcordance('2022', '2012', rows('concordance-2022-2012.csv')),
    ...parseConcordance('2017', '2012', rows('concordance-2017-2012.csv')),
  ])
  const concordance = once(() => buildConcordance(subheadings(), related()))
  return {
    countries: indexCountries(rows('countries.csv').map(toCountry)),
    memberships: rows('groups.csv').map(toMembership),
    sections: rows('sections.csv').map(toSection),
    chapters: rows('chapters.csv').map((row) => ({ ...toNamed(row), section: text(row, 'section') })),
    get subheadings() {
      return subheadings()
    },
    get lines() {
      return lines()
    },
    get lineCodes() {
      return lineCodes()
    },
    get concordance() {
      return concordance()
    },
    get concordanceRows() {
      return related()
    },
    tradeModes: rows('trade-modes.csv').map((row) => ({
      ...toNamed(row),
      checked: text(row, 'checked') === 'yes',
    })),
    supervisionModes: rows('supervision-modes.csv').map(toSupervisionMode),
    transportModes: rows('transport-modes.csv').map(toCodeName),
    ownerships: rows('ownership.csv').map(toNamed),
    units: indexUnits(
      rows('units.csv').map((row) => ({
        ...toCodeName(row),
        base: text(row, 'base'),
        factor: text(row, 'factor'),
      })),
    ),
    provinces: rows('provinces.csv').map(toNamed),
    districts: rows('districts.csv').map((row) => ({ ...toCodeName(row), kind: optional(row, 'kind') })),
  }
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function csvRows(csv: string): Row[] {
  return Papa.parse<Row>(csv, { header: true, skipEmptyLines: true, delimiter: ',' }).data
}

function text(row: Row, column: string): string {
  return row[column] ?? ''
}

function optional(row: Row, column: string): string | null {
  return row[column] || null
}

function toCodeName(row: Row): CodeName {
  return { code: text(row, 'code'), nameZh: text(row, 'name_zh') }
}

function toNamed(row: Row): NamedCode {
  return { ...toCodeName(row), nameEn: text(row, 'name_en') }
}

function toCountry(row: Row): Country {
  return {
    ...toNamed(row),
    iso2: optional(row, 'iso2'),
    iso3: optional(row, 'iso3'),
    m49: optional(row, 'm49'),
    comtrade: optional(row, 'comtrade'),
    kind: text(row, 'kind') as Country['kind'],
    region: text(row, 'region') as Country['region'],
    aliases: text(row, 'aliases').split('|').filter(Boolean),
  }
}

function toMembership(row: Row): Membership {
  return {
    group: text(row, 'group'),
    member: text(row, 'member'),
    from: text(row, 'from'),
    to: optional(row, 'to'),
  }
}

function toSection(row: Row): Section {
  return {
    ...toNamed(row),
    firstChapter: text(row, 'first_chapter'),
    lastChapter: text(row, 'last_chapter'),
  }
}

function toLine(row: Row): StatisticalLine {
  return { ...toCodeName(row), unit1: text(row, 'unit1'), unit2: optional(row, 'unit2') }
}

function toSupervisionMode(row: Row): SupervisionMode {
  const basis = optional(row, 'basis')
  return {
    ...toCodeName(row),
    tradeMode: optional(row, 'trade_mode'),
    basis: basis === 'name' || basis === 'recalled' ? basis : null,
  }
}

function parseSubheadings(rows: readonly Row[]): Map<HsEdition, Set<string>> {
  return new Map(
    hsEditions.map((edition) => [
      edition,
      new Set(rows.filter((row) => row[`hs${edition}`] === '1').map((row) => text(row, 'code'))),
    ]),
  )
}

function parseConcordance(from: HsEdition, to: HsEdition, rows: readonly Row[]): ConcordanceRow[] {
  const pairs = rows.flatMap((row) =>
    text(row, `hs${to}`)
      .split(' ')
      .map((target): [string, string] => [text(row, `hs${from}`), target]),
  )
  return concordanceRows(from, to, pairs)
}
