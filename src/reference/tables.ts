import type { CopyValue } from '../db/copy-text.ts'
import { type Country, partnerKey } from './countries.ts'
import type { CodeName, NamedCode } from './modes.ts'
import type { Reference } from './parse.ts'

/** The rows of one database table. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CopyValue[])[]
}

/** The year of the statistical list in hs8-2022.csv. */
const lineYear = 2022

/** What each reference table holds, in an order in which every foreign key finds its target. */
export function referenceTables(reference: Reference): TableRows[] {
  const codeName = ['code', 'name_zh']
  const named = [...codeName, 'name_en']
  const { concordance } = reference
  return [
    tableRows('country', countryColumns, reference.countries.all, countryValues),
    tableRows('country_group', ['name', 'member', 'valid_from', 'valid_to'], reference.memberships, (row) => [
      row.group,
      row.member,
      row.from,
      row.to,
    ]),
    tableRows('hs_section', [...named, 'first_chapter', 'last_chapter'], reference.sections, (row) => [
      ...namedValues(row),
      row.firstChapter,
      row.lastChapter,
    ]),
    tableRows('hs_chapter', [...named, 'section'], reference.chapters, (row) => [
      ...namedValues(row),
      row.section,
    ]),
    {
      table: 'hs_subheading',
      columns: ['edition', 'code'],
      rows: [...concordance.codes].flatMap(([edition, codes]) => [...codes].map((code) => [edition, code])),
    },
    tableRows('hs_line', ['year', ...codeName, 'unit1', 'unit2'], reference.lines, (row) => [
      lineYear,
      ...codeNameValues(row),
      row.unit1,
      row.unit2,
    ]),
    tableRows('hs_concordance', concordanceColumns, reference.concordanceRows, (row) => [
      row.fromEdition,
      row.toEdition,
      row.from,
      row.to,
      row.quality,
    ]),
    ...modeTables(reference),
    tableRows('unit', [...codeName, 'base', 'factor'], reference.units.all, (row) => [
      ...codeNameValues(row),
      row.base,
      row.factor,
    ]),
    tableRows('province', named, reference.provinces, namedValues),
    tableRows('district', [...codeName, 'kind'], reference.districts, (row) => [
      ...codeNameValues(row),
      row.kind,
    ]),
  ]
}

const concordanceColumns = ['from_edition', 'to_edition', 'from_code', 'to_code', 'quality']

const countryColumns = [
  'partner',
  'code',
  'iso2',
  'iso3',
  'm49',
  'comtrade',
  'name_zh',
  'name_en',
  'kind',
  'region',
  'aliases',
]

function countryValues(country: Country): CopyValue[] {
  return [
    partnerKey(country),
    country.code,
    country.iso2,
    country.iso3,
    country.m49,
    country.comtrade,
    country.nameZh,
    country.nameEn,
    country.kind,
    country.region,
    arrayLiteral(country.aliases),
  ]
}

function modeTables(reference: Reference): TableRows[] {
  return [
    tableRows('trade_mode', ['code', 'name_zh', 'name_en', 'checked'], reference.tradeModes, (row) => [
      ...namedValues(row),
      row.checked,
    ]),
    tableRows(
      'supervision_mode',
      ['code', 'name_zh', 'trade_mode', 'basis'],
      reference.supervisionModes,
      (row) => [...codeNameValues(row), row.tradeMode, row.basis],
    ),
    tableRows('transport_mode', ['code', 'name_zh'], reference.transportModes, codeNameValues),
    tableRows('ownership', ['code', 'name_zh', 'name_en'], reference.ownerships, namedValues),
  ]
}

function tableRows<Fact>(
  table: string,
  columns: readonly string[],
  facts: readonly Fact[],
  values: (fact: Fact) => CopyValue[],
): TableRows {
  return { table, columns, rows: facts.map(values) }
}

function codeNameValues(row: CodeName): CopyValue[] {
  return [row.code, row.nameZh]
}

function namedValues(row: NamedCode): CopyValue[] {
  return [row.code, row.nameZh, row.nameEn]
}

/** A text array as Postgres writes it. */
function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
}
