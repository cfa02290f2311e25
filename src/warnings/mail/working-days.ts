/** Days that are no usual Monday to Friday, by date: true is worked, false is off. */
export type WorkingCalendar = ReadonlyMap<string, boolean>

/** Reads lines of `date,works` (YYYY-MM-DD, yes or no); a header and anything else is passed over. */
export function parseWorkingDays(text: string): WorkingCalendar {
  const days = [...text.matchAll(/^(\d{4}-\d{2}-\d{2}),(yes|no)\s*(?:,.*)?$/gm)]
  return new Map(days.map(([, day = '', works]) => [day, works === 'yes']))
}

/** Whether a year's holidays are stated at all; otherwise its working days are Monday to Friday, which is not how they will be. */
export function isKnownYear(calendar: WorkingCalendar, year: string): boolean {
  return [...calendar.keys()].some((day) => day.startsWith(year))
}

/** Whether the bureau works on a date; without a stated exception, Monday to Friday. */
export function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return calendar.get(date) ?? (weekday !== 0 && weekday !== 6)
}

/** How many working days there are after a date, up to and with another. */
export function workingDaysAfter(from: string, to: string, calendar: WorkingCalendar): number {
  let count = 0
  for (let day = nextDay(from); day <= to; day = nextDay(day)) if (isWorkingDay(day, calendar)) count++
  return count
}

/** The date after one. */
export function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
