import { partsOf } from './format.ts'

export interface Span {
  /** First month of the year of the newest data, and its last month; empty until known. */
  from: string
  to: string
  /** First month of the year before: where the monthly series starts. */
  since: string
}

/** The year to date. A January alone is not compared (Spring Festival moves): until February the year before is shown. */
export function spanOf(newest: string): Span {
  if (newest === '') return { from: '', to: '', since: '' }
  const parts = partsOf(newest)
  const { year, last: lastMonth } = parts.last === 1 ? { year: parts.year - 1, last: 12 } : parts
  return { from: `${year}-01`, to: `${year}-${String(lastMonth).padStart(2, '0')}`, since: `${year - 1}-01` }
}
