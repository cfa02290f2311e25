import facts from '../../data/origin/rcep/entry-into-force.json' with { type: 'json' }

/** Alpha-2 codes of the fifteen Parties to RCEP. */
export const parties: readonly string[] = Object.keys(facts.parties)

const ownDates = new Map<string, string | null>(Object.entries(facts.parties))
const pairDates = new Map(facts.pairs.map((pair) => [`${pair.importer}${pair.exporter}`, pair.from]))
const yearsFromApril = new Set(facts.yearsFromApril)

export function isParty(code: string): boolean {
  return ownDates.has(code)
}

const chinese = new Intl.DisplayNames(['zh-CN'], { type: 'region' })

/** A country or territory in the sentences of a Chinese answer; groups ("ASEAN+AU+NZ") stay as they are. */
export function nameInChinese(code: string): string {
  if (code === 'TW') return '中国台湾'
  return /^[A-Z]{2}$/.test(code) ? (chinese.of(code) ?? code) : code
}

/**
 * The day from which RCEP binds an importing and an exporting Party to each other (Art. 20.6); null where no source
 * was found (every pair with Myanmar except China's). Both must be Parties.
 */
export function entryIntoForce(importer: string, exporter: string): string | null {
  const pair = pairDates.get(importer + exporter)
  if (pair !== undefined) return pair
  const [one, other] = [ownDates.get(importer) ?? null, ownDates.get(exporter) ?? null]
  if (one === null || other === null) return null
  if (one > other) return one
  return other
}

/** The day from which a Party itself is bound; null for Myanmar, whose pairs alone are known. */
export function ownEntryIntoForce(party: string): string | null {
  return ownDates.get(party) ?? null
}

/** Whether RCEP is in force between two Parties on a day (YYYY-MM-DD); null when that is not known. */
export function inForce(importer: string, exporter: string, on: string): boolean | null {
  if (!isParty(importer) || !isParty(exporter) || on < facts.agreementFrom) return false
  const from = entryIntoForce(importer, exporter)
  return from === null ? null : on >= from
}

/**
 * Year of the tariff schedules on a day (Annex I, General Notes): 1 from 2022-01-01 for every Party, late joiners
 * included; later years start on 1 January, for Indonesia, Japan and the Philippines on 1 April. Less than 1 is before the Agreement.
 */
export function rcepYear(importer: string, on: string): number {
  const year = Number(on.slice(0, 4))
  if (!yearsFromApril.has(importer)) return year - 2021
  if (on < facts.agreementFrom) return year - 2021
  return (on.slice(5) >= '04-01' ? year : year - 1) - 2020
}
