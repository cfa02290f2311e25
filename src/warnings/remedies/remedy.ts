/** The affected partner of a measure against all of a member's imports, as most safeguards are. */
export const allMembers = 'ALL'

/** A trade-remedy investigation or measure. Partners are codes of the statistics. */
export interface RemedyCase {
  readonly reference: string
  readonly kind: 'anti-dumping' | 'countervailing' | 'safeguard' | 'other'
  readonly imposing: string
  readonly affected: string
  readonly product: string
  /** Dates YYYY-MM-DD. */
  readonly initiatedOn: string | null
  readonly inForceOn: string | null
  readonly sunsetOn: string | null
  /** False: reckoned as the next fifth anniversary of the entry into force (Anti-Dumping Agreement Art. 11.3). */
  readonly sunsetStated: boolean
  readonly withdrawnOn: string | null
  /** Subheadings of six digits, or headings of four. */
  readonly hs6: readonly string[]
  readonly hsEdition: string | null
}

export interface RemedyFile {
  cases: RemedyCase[]
  /** Rows that cannot be used, by their number in the file from 1. */
  rejects: { row: number; reason: string }[]
}

interface Columns {
  imposing: number
  affected: number
  kind: number
  product: number
  hs: number
  initiated: number
  inForce: number
  withdrawn: number
  sunset: number
  reference: number
  year: number
  month: number
  day: number
}

/** Column names of I-TIP's download and of a list of one's own, lower case. */
const names: Record<keyof Columns, readonly string[]> = {
  imposing: ['member imposing', 'imposing', '发起国', '发起成员'],
  affected: ['partner affected', 'affected', '涉案国', '被诉国'],
  kind: ['measure description', 'kind', '类型', '措施'],
  product: ['product description', 'product', '产品', '涉案产品'],
  hs: ['hs', 'hs6', '税号'],
  initiated: ['initiation', 'initiated', '立案日期'],
  inForce: ['in force', '生效日期'],
  withdrawn: ['withdrawn', '终止日期'],
  sunset: ['sunset', '到期日期'],
  reference: ['reference', '案件号'],
  // some lists give the initiation in three columns
  year: ['initiation year'],
  month: ['initiation month'],
  day: ['initiation date'],
}

/**
 * Reads a table (rows of cells) as I-TIP exports it, lines of introduction before the header and all, or with the columns
 * imposing, affected, product, hs and any of kind, initiated, in force, withdrawn, sunset, reference. `partnerOf` finds a
 * partner by its name or code. Null when no header is found.
 */
export function readRemedies(
  rows: readonly (readonly unknown[])[],
  partnerOf: (name: string) => string | null,
  on: string,
): RemedyFile | null {
  const header = rows.findIndex((cells) => columnOf(cells, 'imposing') >= 0 && columnOf(cells, 'hs') >= 0)
  if (header < 0) return null
  const columns = Object.fromEntries(
    Object.keys(names).map((name) => [name, columnOf(rows[header] ?? [], name as keyof Columns)]),
  ) as unknown as Columns
  const file: RemedyFile = { cases: [], rejects: [] }
  rows.slice(header + 1).forEach((cells, index) => {
    if (!cells[columns.imposing] && !cells[columns.product]) return
    const read = casesOf(cells, columns, { partnerOf, on })
    if ('reason' in read) file.rejects.push({ row: header + index + 2, reason: read.reason })
    else file.cases.push(...read)
  })
  return { ...file, cases: merged(file.cases) }
}

function columnOf(cells: readonly unknown[], name: keyof Columns): number {
  return cells.findIndex((cell) =>
    names[name].includes(
      String(cell ?? '')
        .trim()
        .toLowerCase()
        .replaceAll('_', ' '),
    ),
  )
}

/** One case for each partner a row names. */
function casesOf(
  cells: readonly unknown[],
  columns: Columns,
  { partnerOf, on }: { partnerOf: (name: string) => string | null; on: string },
): RemedyCase[] | { reason: string } {
  const text = (name: keyof Columns) => String(cells[columns[name]] ?? '').trim()
  const imposing = partnerOf(text('imposing'))
  const affected = partnersIn(text('affected'), partnerOf)
  if (!imposing) return { reason: `imposing member not known: ${text('imposing')}` }
  if (affected.length === 0) return { reason: `affected partner not known: ${text('affected')}` }
  const hs6 = codesIn(text('hs'))
  const inForceOn = dateOf(cells[columns.inForce])
  const stated = dateOf(cells[columns.sunset])
  const initiatedOn =
    dateOf(cells[columns.initiated]) ?? dateOf([text('year'), text('month'), text('day')].join('-'))
  const product = text('product')
  return affected.map((partner) => ({
    reference: text('reference') || [imposing, initiatedOn ?? '', product].join(' '),
    kind: kindOf(text('kind')),
    imposing,
    affected: partner,
    product,
    initiatedOn,
    inForceOn,
    sunsetOn: stated ?? (inForceOn && nextFifth(inForceOn, on)),
    sunsetStated: stated !== null,
    withdrawnOn: dateOf(cells[columns.withdrawn]),
    hs6,
    hsEdition: null,
  }))
}

/** The partners of a list with commas, some of whose names have one themselves (Korea, Republic of); none unless all are known. */
function partnersIn(text: string, partnerOf: (name: string) => string | null): string[] {
  const whole = partnerOf(text)
  if (whole) return [whole]
  const parts = text.split(/,\s*/)
  for (let taken = parts.length - 1; taken > 0; taken--) {
    const first = partnerOf(parts.slice(0, taken).join(', '))
    const rest = first ? partnersIn(parts.slice(taken).join(', '), partnerOf) : []
    if (first && rest.length > 0) return [first, ...rest]
  }
  return []
}

/** Codes of any length cut to subheadings; headings stay. Texts that are no codes are left out. */
function codesIn(text: string): string[] {
  const codes = text
    .split(/[^0-9.]+/)
    .map((code) => code.replaceAll('.', ''))
    .filter((code) => /^\d{4}$|^\d{6,10}$/.test(code))
  return [...new Set(codes.map((code) => code.slice(0, 6)))].sort()
}

function kindOf(text: string): RemedyCase['kind'] {
  if (/dump|反倾销/i.test(text)) return 'anti-dumping'
  if (/countervail|subsid|反补贴/i.test(text)) return 'countervailing'
  return /safeguard|保障/i.test(text) ? 'safeguard' : 'other'
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A spreadsheet's day number, 2020-09-10, 2020/9/10 or 10-Sep-2020; null for anything else. */
function dateOf(cell: unknown): string | null {
  if (typeof cell === 'number') return new Date((cell - 25_569) * 86_400_000).toISOString().slice(0, 10)
  const text = String(cell ?? '').trim()
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text)
  if (iso) return valid(iso[1], iso[2], iso[3])
  const named = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text)
  return named
    ? valid(named[3], String(monthNames.indexOf((named[2] ?? '').toLowerCase()) + 1), named[1])
    : null
}

function valid(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

/** The first fifth anniversary after a date: a measure ends five years after its imposition or last review. */
function nextFifth(inForceOn: string, on: string): string {
  let year = Number(inForceOn.slice(0, 4)) + 5
  const rest = inForceOn.slice(4) === '-02-29' ? '-02-28' : inForceOn.slice(4)
  while (`${year}${rest}` < on) year += 5
  return `${year}${rest}`
}

/** Rows of one case (a row a code in some lists) as one. */
function merged(cases: readonly RemedyCase[]): RemedyCase[] {
  const groups = Map.groupBy(cases, ({ reference, affected }) => JSON.stringify([reference, affected]))
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    return first ? [{ ...first, hs6: [...new Set(rows.flatMap(({ hs6 }) => hs6))].sort() }] : []
  })
}
