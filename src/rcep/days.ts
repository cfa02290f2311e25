/** Days are YYYY-MM-DD. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

/** The same day of another year; 29 February becomes 28 February where that year has none. */
export function yearsLater(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const rest = !isLeap && day.endsWith('-02-29') ? '-02-28' : day.slice(4)
  return `${String(year).padStart(4, '0')}${rest}`
}
