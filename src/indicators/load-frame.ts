import type { Database } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { monthPeriod, monthRange } from '../reference/period.ts'
import { coverageOf, missingFrom, slicesIn, within } from './coverage.ts'
import { sum } from './exact.ts'
import { type Frame, type FrameMeasure, frameOf } from './frame.ts'
import { type FrameSum, sumByDimensions } from './frame-queries.ts'
import { digitsOf, groupingOf } from './lines.ts'
import { filtersShown, prepare, questionFor, rejectUnknownCodes, vintageOf } from './load.ts'
import { firstOfGrowth, periodsOf } from './load-answers.ts'
import type { By, StructureQuery } from './schema.ts'
import { comparability, inCurrency, monthsText, rangeOf, spanOf, type Warning } from './select.ts'

/** Dimensions whose lines are codes of the data themselves. */
export type FrameDimension = Exclude<By, 'section' | 'region' | 'form'>

export interface FrameAsk {
  selection: Omit<StructureQuery, 'by' | 'top'>
  /** At most two. */
  dimensions: readonly FrameDimension[]
  measure: FrameMeasure
  /** Observations that may be answered: lines × periods. */
  mostRows: number
  /** Only the lines of the largest value; null for all. */
  top: number | null
}

export interface LoadedFrame {
  frame: Frame
  meta: {
    vintage: string
    asOf: string
    filters: Record<string, string>
    currency: 'CNY' | 'USD'
    /** Facts behind the frame. */
    rows: number
    source: string
    warnings: Warning[]
  }
}

/** The trade of a selection as observations by period and dimensions, this year and the last unless `from` says otherwise. */
export async function loadFrame(db: Database, ask: FrameAsk, now: Date): Promise<LoadedFrame> {
  const { selection, dimensions, measure } = ask
  const prepared = await prepare(db, selection, now)
  const { currency, slices } = inCurrency(prepared.slices, selection.currency)
  const whole = coverageOf(slices)
  const range = rangeOf(selection, whole, firstOfGrowth)
  const back = measure === 'yoy' ? 1 : 0
  const coverage = within(whole, { ...range, from: monthPeriod(range.from.year - back, range.from.month) })
  const used = slicesIn(coverage)
  const groupings = dimensions.map(groupingOf)
  const [grouping = null, also = null] = groupings
  const [by = ''] = dimensions
  const question = await questionFor(db, used, { ...prepared, by, grouping, also, currency })
  const limit = ask.mostRows * (1 + back) + 1
  const { sums, rows } = await sumByDimensions(db, question, { slices: used, groupings, limit })
  if (sums.length === limit) throw tooManyRows(ask, `more than ${ask.mostRows}`)
  if (rows === 0) await rejectUnknownCodes(db, selection, prepared.groups)
  const periods = periodsOf(range, selection.janFeb === 'split')
  const frame = frameOf(ask.top === null ? sums : largest(sums, ask.top), coverage, { periods, measure })
  const observations = frame.lines.length * frame.periods.length
  if (observations > ask.mostRows) throw tooManyRows(ask, String(observations))
  const missing = missingFrom(within(whole, range), monthRange(range.from, range.to))
  return {
    frame,
    meta: {
      vintage: vintageOf(used),
      asOf: prepared.asOf.toISOString(),
      filters: filtersShown(selection, prepared, { ...spanOf(range), currency, measure }),
      currency,
      rows,
      source: question.source,
      warnings: [
        ...(missing.length === 0
          ? []
          : [
              {
                code: 'missing-period',
                detail: `${monthsText(missing, range.yearly)}: not loaded, without observations`,
              },
            ]),
        ...comparability(used, Math.max(selection.hs?.length ?? 0, ...dimensions.map(digitsOf))),
      ],
    },
  }
}

function tooManyRows(ask: FrameAsk, observations: string): AppError {
  const allowed = `at most ${ask.mostRows} observations (lines × periods): ask for fewer periods, a coarser code or a filter`
  const value = observations
  return new AppError('too-large', `frame: ${value} observations: ${allowed}`, {
    field: 'frame',
    value,
    allowed,
  })
}

/** The sums of the lines with the largest value; equal ones in the order of their codes. */
function largest(sums: readonly FrameSum[], top: number): FrameSum[] {
  const lines = [...Map.groupBy(sums, ({ codes }) => codes.join('\u0000'))].map(([key, members]) => ({
    key,
    members,
    total: sum(members.map(({ value }) => value)),
  }))
  lines.sort((a, b) => b.total.cmp(a.total) || (a.key < b.key ? -1 : 1))
  return lines.slice(0, top).flatMap(({ members }) => members)
}
