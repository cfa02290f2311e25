import { Big } from 'big.js'
import { listFor } from './code-lists.ts'
import { periodLabel } from './codes.ts'
import type { Tally } from './copy/row-store.ts'
import type { Settings } from './formats/layout.ts'
import type { HeaderMatch } from './header.ts'
import type { NoteEntry } from './notes.ts'
import type { Quality, Total } from './schema.ts'
import type { LoadingSlice } from './slices.ts'

/** The share of rows without a value, by recognised column; columns that are always filled are left out. */
export function missingShares({ columns, headers }: Pick<HeaderMatch, 'columns' | 'headers'>, tally: Tally) {
  return [...columns.values()].flatMap((index): Quality['missing'] => {
    const rows = tally.missing.get(index) ?? 0
    return rows === 0 ? [] : [{ column: headers[index] ?? '', rows, share: rows / Math.max(1, tally.read) }]
  })
}

/** What was kept although no list has it, by column; what only differs from what the user set is not among it. */
export function unknownCodes(notes: readonly NoteEntry[]): NonNullable<Quality['unknown']> {
  return notes.filter(({ reason }) => reason.endsWith('kept as it is'))
}

/** Which list the codes of each year were looked up in. */
export function listsUsed(
  slices: readonly LoadingSlice[],
  loaded: Settings['lineLists'],
): NonNullable<Quality['codeLists']> {
  const chinese = slices.filter(({ dataset }) => /^(customs|declaration)-cn$/.test(dataset))
  const years = [...new Set(chinese.map(({ periodStart }) => Number(periodStart.slice(0, 4))))].sort()
  return years.map((year) => ({ year, ...listFor(year, loaded) }))
}

/** Months of a dataset and flow that the file leaves out between its first and its last one. */
export function missingPeriods(slices: readonly LoadingSlice[]): string[] {
  const series = Map.groupBy(
    slices.filter((slice) => slice.months < 12),
    (slice) => `${slice.dataset} ${slice.flow}`,
  )
  return [...series].flatMap(([name, members]) => {
    const there = new Set(members.flatMap(monthsOf))
    const sorted = [...there].sort()
    const last = sorted.at(-1) ?? ''
    const gaps: string[] = []
    for (let month = sorted[0] ?? ''; month < last; month = nextMonth(month)) {
      if (!there.has(month)) gaps.push(`${name} ${periodLabel(month, 1)}`)
    }
    return gaps
  })
}

function monthsOf({ periodStart, months }: LoadingSlice): string[] {
  return months === 2 ? [periodStart, nextMonth(periodStart)] : [periodStart]
}

function nextMonth(start: string): string {
  const [year = 0, month = 0] = start.split('-').map(Number)
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

/** A typed-in sum against those of the file, by the currency that comes closest; null when nobody typed one. */
export function controlTotal(stated: string | null, totals: readonly Total[]): Quality['controlTotal'] {
  if (stated === null) return null
  const sums = [...Map.groupBy(totals, (total) => total.currency)].map(([currency, members]) => {
    const sum = members.reduce((all, total) => all.plus(total.value), new Big(0))
    return { currency, sum, difference: sum.minus(stated) }
  })
  sums.sort((a, b) => a.difference.abs().cmp(b.difference.abs()))
  const [nearest] = sums
  if (!nearest) return { stated, currency: null, found: '0', difference: new Big(0).minus(stated).toFixed() }
  const { currency, sum, difference } = nearest
  return { stated, currency, found: sum.toFixed(), difference: difference.toFixed() }
}
