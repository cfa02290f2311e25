/**
 * The months from one to another, YYYY-MM, the newest first. January is left out: with February it is one period, which the
 * month of February stands for.
 */
export function monthsBetween(first: string, last: string): string[] {
  if (first === '' || last === '') return []
  const [from, to] = [numberOf(first), numberOf(last)]
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, back) => to - back)
    .filter((number) => number % 12 !== 0)
    .map((number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`)
}

/** Months since the year 0, January being 0. */
function numberOf(month: string): number {
  const [year, part] = month.split('-').map(Number)
  return (year ?? 0) * 12 + (part ?? 1) - 1
}
