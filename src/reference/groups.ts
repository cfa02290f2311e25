import Papa from 'papaparse'
import { invalid } from '../errors.ts'
import { type CountryIndex, findCountry, type Membership } from './countries.ts'

/** Memberships of one group as a user's file states them. */
export interface GroupFile {
  group: string
  origin: string
  sha256: string
  members: Membership[]
}

const columns = ['group', 'member', 'from', 'to']
const day = /^\d{4}-\d{2}-\d{2}$/

/**
 * Reads a CSV with the columns group, member, from and to (empty while it lasts), one row a membership: a member by ISO code or by its
 * Chinese or English name, days as YYYY-MM-DD. Throws naming the first row that cannot be used.
 */
export function readGroups(
  text: string,
  file: { origin: string; sha256: string },
  countries: CountryIndex,
): GroupFile[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
  })
  const missing = columns.find((column) => !meta.fields?.includes(column))
  if (missing !== undefined) throw invalid('columns', missing, `a header ${columns.join(',')}`)
  if (data.length === 0) throw invalid('file', file.origin, 'at least one membership under the header')
  const members = data.map((row, index) => membershipFrom(row, index + 1, countries))
  return [...Map.groupBy(members, ({ group }) => group)].map(([group, of]) => ({
    group,
    ...file,
    members: of,
  }))
}

function membershipFrom(row: Record<string, string>, number: number, countries: CountryIndex): Membership {
  const cell = (column: string) => row[column]?.trim() ?? ''
  const rejected = (column: string, allowed: string) =>
    invalid(`row ${number}, ${column}`, cell(column), allowed)
  const member = findCountry(countries, cell('member'))?.iso2
  if (!member) throw rejected('member', 'a country by ISO code or name')
  if (!/^[A-Z0-9]{2,8}$/.test(cell('group')))
    throw rejected('group', 'two to eight capital letters or digits')
  const [from, to] = [cell('from'), cell('to')]
  if (!isDay(from)) throw rejected('from', 'a day YYYY-MM-DD')
  if (to !== '' && !(isDay(to) && to >= from))
    throw rejected('to', 'empty, or a day YYYY-MM-DD not before from')
  return { group: cell('group'), member, from, to: to || null }
}

function isDay(text: string): boolean {
  return day.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}
