import { normaliseHs, suggestHs } from '../../reference/hs.ts'
import { type CodeCell, clean, decodePeriod, type PeriodCell } from '../codes.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** As decodePeriod, also from a day (2026-03-05, 20260305, 2026年3月5日), `2026-3`, `March 2026` and `Mar-26`'s long forms. */
export function decodeLoosePeriod(text: string, today: string): CodeCell<PeriodCell> {
  const bare = clean(text).normalize('NFKC')
  const day =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(bare) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(bare)
  const word = /^([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})$/i.exec(bare)
  const short = /^(\d{4})[-/.](\d)$/.exec(bare)
  if (day) return decodePeriod(`${day[1]}-${(day[2] ?? '').padStart(2, '0')}`, today)
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
  const suggestion = suggestHs(head)
  return {
    reason: 'not a product code',
    hint: suggestion
      ? `a spreadsheet may have cut the leading zero of ${suggestion}: export the column as text`
      : 'a code has 2, 4, 6, 8 or 10 digits',
  }
}
