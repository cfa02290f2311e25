export const hsEditions = ['2012', '2017', '2022'] as const
export type HsEdition = (typeof hsEditions)[number]

/** How codes of one edition relate to codes of another, read in the direction of the mapping. */
export type ConcordanceQuality = '1:1' | 'n:1' | '1:n' | 'n:n'

export interface Mapping {
  /** Codes of the other edition the goods may fall under, ascending. */
  readonly candidates: readonly string[]
  /** `none`, without candidates, when the code is unknown in its edition or was deleted without a successor. */
  readonly quality: ConcordanceQuality | 'none'
}

/** One pair of codes that are related and are not simply the same code on both sides. */
export interface ConcordanceRow {
  readonly fromEdition: HsEdition
  readonly toEdition: HsEdition
  readonly from: string
  readonly to: string
  readonly quality: ConcordanceQuality
}

export interface Concordance {
  readonly codes: ReadonlyMap<HsEdition, ReadonlySet<string>>
  /** `from>to` editions → code → its mapping, only where it is not the identity. */
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, Mapping>>
}

const unmapped: Mapping = { candidates: [], quality: 'none' }

/** Gives pairs of related codes their quality: a target with several sources is n:…, a source with several targets …:n. */
export function concordanceRows(
  fromEdition: HsEdition,
  toEdition: HsEdition,
  pairs: readonly (readonly [string, string])[],
): ConcordanceRow[] {
  const targets = Map.groupBy(pairs, ([from]) => from)
  const sources = Map.groupBy(pairs, ([, to]) => to)
  return pairs.map(([from, to]) => {
    const merges = (sources.get(to)?.length ?? 0) > 1 ? 'n' : '1'
    const splits = (targets.get(from)?.length ?? 0) > 1 ? 'n' : '1'
    return { fromEdition, toEdition, from, to, quality: `${merges}:${splits}` }
  })
}

/** Builds the lookup in both directions from the stored rows and the code list of each edition. */
export function buildConcordance(
  codes: ReadonlyMap<HsEdition, ReadonlySet<string>>,
  rows: readonly ConcordanceRow[],
): Concordance {
  const grouped = new Map<string, Map<string, ConcordanceRow[]>>()
  for (const row of rows) {
    addRow(grouped, row)
    addRow(grouped, reversed(row))
  }
  const mappings = new Map<string, Map<string, Mapping>>()
  for (const [pair, byCode] of grouped) {
    mappings.set(pair, new Map([...byCode].map(([code, related]) => [code, toMapping(related)])))
  }
  return { codes, mappings }
}

/**
 * The codes of `toEdition` that goods of a six-digit code of `fromEdition` may fall under. A longer (national) code is mapped by
 * its first six digits. Several candidates mean that the goods must be looked at: nothing here picks one.
 */
export function mapCode(
  concordance: Concordance,
  code: string,
  fromEdition: HsEdition,
  toEdition: HsEdition,
): Mapping {
  const subheading = code.slice(0, 6)
  if (!concordance.codes.get(fromEdition)?.has(subheading)) return unmapped
  const stored = concordance.mappings.get(pairKey(fromEdition, toEdition))?.get(subheading)
  if (stored) return stored
  const unchanged = concordance.codes.get(toEdition)?.has(subheading)
  return unchanged ? { candidates: [subheading], quality: '1:1' } : unmapped
}

export function isHsEdition(text: string): text is HsEdition {
  return hsEditions.some((edition) => edition === text)
}

function pairKey(from: HsEdition, to: HsEdition): string {
  return `${from}>${to}`
}

function addRow(grouped: Map<string, Map<string, ConcordanceRow[]>>, row: ConcordanceRow): void {
  const pair = pairKey(row.fromEdition, row.toEdition)
  const byCode = grouped.get(pair) ?? new Map<string, ConcordanceRow[]>()
  grouped.set(pair, byCode)
  const related = byCode.get(row.from) ?? []
  byCode.set(row.from, related)
  related.push(row)
}

function reversed(row: ConcordanceRow): ConcordanceRow {
  const quality = row.quality === 'n:1' ? '1:n' : row.quality === '1:n' ? 'n:1' : row.quality
  return { fromEdition: row.toEdition, toEdition: row.fromEdition, from: row.to, to: row.from, quality }
}

/** One code's rows: several targets are a split; a target shared with other codes is a merger. */
function toMapping(related: readonly ConcordanceRow[]): Mapping {
  const candidates = [...new Set(related.map((row) => row.to))].sort()
  const merges = related.some((row) => row.quality.startsWith('n'))
  const splits = candidates.length > 1
  return { candidates, quality: `${merges ? 'n' : '1'}:${splits ? 'n' : '1'}` as ConcordanceQuality }
}
