import Papa from 'papaparse'
import { AppError } from '../../errors.ts'
import { neverAbove } from './duty.ts'
import { isComputable, parseRate } from './rate.ts'

/** The rates of one statistical line that matter here, as text; "U" where RCEP gives no concession. */
export interface JapanLine {
  line: string
  /** First and last month of the year it holds in ("4-9", "12-5"); empty for the whole year. */
  season: string
  mfn: string
  'asean-au-nz': string
  cn: string
  kr: string
}

const columns = {
  heading: 'stat_code',
  suffix: 'suffix',
  path: 'desc_path',
  general: '基本',
  temporary: '暫定',
  wto: 'WTO協定',
  'asean-au-nz': 'EPA_RCEP_アセアン豪州NZ',
  cn: 'EPA_RCEP_中国',
  kr: 'EPA_RCEP_韓国',
} as const

type Row = Record<string, string> & { path: string; rowNumber: number }

/**
 * Reads Japan's customs tariff in the flat form (one row a line; rates that hold for several lines stand on a row without
 * a statistical suffix above them). The rate for WTO members is the temporary rate, or else the general one, unless the WTO
 * rate is lower; one in parentheses is not. A cell that cannot be read refuses the file.
 */
export function readJapanTariff(text: string): JapanLine[] {
  const parents: Row[] = []
  const lines = new Map<string, JapanLine>()
  for (const row of rowsOf(text)) {
    if (at(row, 'suffix') === '') {
      parents.push(row)
      continue
    }
    const line = `${at(row, 'heading').replace('.', '')}${at(row, 'suffix')}`
    if (!/^\d{9}$/.test(line))
      throw refusal(row, 'heading', 'a code such as 0101.21 with a suffix of three digits')
    const season = seasonOf(row)
    if (lines.has(line + season)) throw refusal(row, 'suffix', 'each statistical line once a season')
    while (parents.length > 0 && at(parents[0], 'heading') !== at(row, 'heading')) parents.shift()
    lines.set(line + season, { line, season, mfn: mfnRate(row, parents), ...concessions(row) })
  }
  if (lines.size === 0)
    throw new AppError(
      'refused',
      'file: no lines: expected rows with stat_code and suffix; nothing was stored',
    )
  return [...lines.values()]
}

function rowsOf(text: string): Row[] {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  })
  const missing = Object.values(columns).filter((name) => !parsed.meta.fields?.includes(name))
  if (missing.length > 0)
    throw new AppError(
      'refused',
      `columns: ${missing.join(', ')} missing: expected ${Object.values(columns).join(', ')}`,
    )
  return parsed.data.map(
    (row, index) => ({ ...row, path: row[columns.path] ?? '', rowNumber: index + 2 }) as Row,
  )
}

function at(row: Row | undefined, column: keyof typeof columns): string {
  return row?.[columns[column]]?.trim() ?? ''
}

/** Seasonal duties on fruit: the goods "imported from 1 April to 30 September of each year"; always whole months. */
function seasonOf(row: Row): string {
  const [, from, to] =
    /毎年(\d+)月1日から(?:同年|翌年)(\d+)月(?:\d+|末)日までに輸入されるもの$/.exec(row.path) ?? []
  return from && to ? `${from}-${to}` : ''
}

function concessions(row: Row): Pick<JapanLine, 'asean-au-nz' | 'cn' | 'kr'> {
  const rate = (column: 'asean-au-nz' | 'cn' | 'kr') => readable(row, column, at(row, column) || 'U')
  return { 'asean-au-nz': rate('asean-au-nz'), cn: rate('cn'), kr: rate('kr') }
}

function mfnRate(row: Row, parents: Row[]): string {
  const general = inherited(row, parents, 'general')
  const temporary = inherited(row, parents, 'temporary')
  const wto = inherited(row, parents, 'wto')
  const statutory = temporary || general
  if (statutory === '' && wto === '') throw refusal(row, 'general', 'a general, temporary or WTO rate')
  if (statutory === '') return wto
  if (wto === '' || /^\**[(（]/.test(wto)) return statutory
  if (statutory.startsWith('◎')) return wto
  return lower(statutory, wto)
}

function lower(one: string, other: string): string {
  const [first, second] = [parseRate(one), parseRate(other)]
  if (neverAbove(second, first)) return other
  if (neverAbove(first, second)) return one
  const decidable = isComputable(first) && isComputable(second)
  return `${decidable ? 'lower of' : 'between'} [${one}] and [${other}]`
}

/** A blank cell takes the rate of the nearest row above that describes a wider group of the same subheading. */
function inherited(row: Row, parents: Row[], column: 'general' | 'temporary' | 'wto'): string {
  const from = [...parents, row].findLast(
    (candidate) => at(candidate, column) !== '' && `${row.path} > `.startsWith(`${candidate.path} > `),
  )
  return from ? readable(from, column, at(from, column)) : ''
}

function readable(row: Row, column: keyof typeof columns, rate: string): string {
  if (parseRate(rate).kind === 'unparsed') throw refusal(row, column, 'a rate such as 4.1%, 無税, 60円/kg')
  return rate.replaceAll(/\s*\n\s*/g, '\n')
}

function refusal(row: Row, column: keyof typeof columns, allowed: string): AppError {
  const value = at(row, column).slice(0, 200)
  const field = `row ${row.rowNumber}, column ${columns[column]}`
  return new AppError('refused', `${field}: ${value || 'empty'}: expected ${allowed}; nothing was stored`, {
    field,
    value,
    allowed,
  })
}
