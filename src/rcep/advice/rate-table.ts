import type { Advice } from './types.ts'

/** One importing or exporting Party's rates over the years, as the table of a product shows them. */
export interface RateRow {
  partner: string
  importer: string
  exporter: string
  inForce: boolean | null
  /** Tariff lines of the importing Party that come into question; rates of several lines are apart by " / ". */
  lines: string[]
  /** Today's rates, the other agreements' included, and the lowest; null where that cannot be told. */
  today: { agreement: string; rate: string; source: string }[]
  best: { agreement: string; rate: string } | null
  years: Advice['byYear']
  /** The first later year in which the RCEP rate or the better of the two is another. */
  change: { from: string; year: number; rate: string; best: 'RCEP' | 'MFN' | null } | null
  /** What is not known, in sentences that say what to load. */
  missing: string[]
}

/** The row of a Party from the advice on a trade with it. */
export function rateRow(advice: Advice, partner: string): RateRow {
  const { from, to, rates, best, byYear, missing, agreements } = advice
  const [current] = byYear
  const later = byYear.find(
    ({ rates: yearly, best: better }) => yearly.RCEP !== current?.rates.RCEP || better !== current?.best,
  )
  const asked = missing.filter(({ code }) => !unasked.has(code))
  return {
    partner,
    importer: to,
    exporter: from,
    inForce: agreements.find(({ agreement }) => agreement === 'RCEP')?.inForce ?? null,
    lines: [...new Set(rates.flatMap(({ lines }) => lines))],
    today: rates.map(({ agreement, rate, source }) => ({ agreement, rate, source })),
    best: best && { agreement: best.agreement, rate: best.rate },
    years: byYear,
    change: later?.rates.RCEP
      ? { from: later.from, year: later.year, rate: later.rates.RCEP, best: later.best }
      : null,
    missing: asked.map(({ text }) => text),
  }
}

/** Facts of a shipment, for which a table of rates has no use. */
const unasked: ReadonlySet<string> = new Set(['bill-of-materials', 'origin-rule', 'other-schedules'])
