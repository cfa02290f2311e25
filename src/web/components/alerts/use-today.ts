import { useDatasets } from '../../api.ts'
import { day } from '../../format.ts'

/** Today as the service has it, YYYY-MM-DD; empty until it has answered. */
export function useToday(): string {
  const { data } = useDatasets()
  return data ? day(data.meta.asOf) : ''
}

/** The day so many days after another. */
export function daysAfter(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
