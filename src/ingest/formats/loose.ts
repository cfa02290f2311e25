import { normaliseHs } from '../../reference/hs.ts'
import { type CodeCell, clean, decodePeriod, noHs, type PeriodCell } from '../codes.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Both separators are the same: `202601-02` is two months, not a day. */
const dayForms = [
  /^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?:0?[1-9]|[12]\d|3[01])(?:[ T].*)?$/,
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?:0?[1-9]|[12]\d|3[01])日?(?: .*)?$/,
  /^(?<year>\d{4})(?<month>\d\d)(?:0[1-9]|[12]\d|3[01])$/,
]

/** As decodePeriod, also from a day (2026-03-05, 20260305, 2026年3月5日), `2026-3`, `March 2026` and `Mar-26`'s long forms. */
export function decodeLoosePeriod(text: string, today: string): CodeCell<PeriodCell> {
  const bare = clean(text).normalize('NFKC')
  const day = dayForms.map((form) => form.exec(bare)).find((found) => found !== null)
  const word = /^([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})$/i.exec(bare)
  const short = /^(\d{4})[-/.](\d)$/.exec(bare)
  if (day?.groups) {
    const { year = '', month = '' } = day.groups
    return decodePeriod(`${year}-${month.padStart(2, '0')}`, today)
  }
  if (short) return decodePeriod(`${short[1]}-0${short[2]}`, today)
  if (word) {
    const month = months.indexOf((word[1] ?? '').toLowerCase()) + 1
    if (month > 0) return decodePeriod(`${word[2]}-${String(month).padStart(2, '0')}`, today)
  }
  return decodePeriod(bare, today)
}

/** A code that may be followed by its name (`854140 Photosensitive…`) or written with dots; TOTAL for all products. */
export function decodeLooseHs(text: string): CodeCell {
  const bare = clean(text)
  if (/^total$/i.test(bare)) return { value: 'TOTAL' }
  const [head = ''] = bare.split(/[\s:：]+/)
  const code = normaliseHs(bare) ?? normaliseHs(head)
  if (code !== null) return { value: code }
  return noHs(head)
}
