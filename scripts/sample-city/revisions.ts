import { randomFor } from './random.ts'
import type { SampleRow } from './rows.ts'

/** Months of exports that the customs restated later. */
export const revisedMonths = ['2026-07', '2026-08'] as const

/** In the first release of this month one value was typed with a zero too many. */
const mistypedMonth = '2026-08'
export const mistypedFactor = 10

/** The rows as first published: the right ones, with the typing mistake in. */
export function firstRelease(rows: readonly SampleRow[]): SampleRow[] {
  const wrong = mistypedRow(rows)
  return rows.map((row) =>
    row === wrong
      ? { ...row, valueCny: row.valueCny * mistypedFactor, valueUsd: row.valueUsd * mistypedFactor }
      : row,
  )
}

/** The row the mistake is in: of the month's exports to Japan, the one nearest to 120,000 dollars. */
export function mistypedRow(rows: readonly SampleRow[]): SampleRow | undefined {
  const distance = (row: SampleRow) => Math.abs(row.valueUsd - 120_000)
  return rows
    .filter((row) => row.flow === 'export' && row.period === mistypedMonth && row.partner === 'JP')
    .sort((a, b) => distance(a) - distance(b))[0]
}

/**
 * A month's exports as restated: one row in twenty-five corrected by some per cent, one withdrawn, and the mistyped value put right.
 */
export function restatement(seed: number, rows: readonly SampleRow[], period: string): SampleRow[] {
  const month = rows.filter((row) => row.flow === 'export' && row.period === period)
  const random = randomFor(seed, `restated ${period}`)
  const withdrawn = Math.floor(random.next() * month.length)
  return month.flatMap((row, place) => {
    if (place === withdrawn) return []
    const factor = random.next() < 0.04 ? Math.exp(0.08 * random.normal()) : 1
    return [
      { ...row, valueCny: Math.round(row.valueCny * factor), valueUsd: Math.round(row.valueUsd * factor) },
    ]
  })
}

/** All rows as they stand after the restatements. */
export function latestRelease(seed: number, rows: readonly SampleRow[]): SampleRow[] {
  const months: readonly string[] = revisedMonths
  const kept = rows.filter((row) => row.flow !== 'export' || !months.includes(row.period))
  return [...kept, ...revisedMonths.flatMap((period) => restatement(seed, rows, period))]
}
