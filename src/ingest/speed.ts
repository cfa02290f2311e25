import type { Progress } from './schema.ts'

/** Before this the speed says nothing. */
const settledMs = 200

/** Progress with rows a second, and the seconds that the rest will take at this speed; null while nobody can tell. */
export interface SpeedingProgress extends Progress {
  rowsPerSecond: number | null
  restSeconds: number | null
}

/** What is known of the speed after that many milliseconds. */
export function withSpeed(progress: Progress, elapsedMs: number): SpeedingProgress {
  const { bytes, totalBytes, rows } = progress
  const seconds = elapsedMs / 1000
  const settled = elapsedMs > settledMs
  const rest = settled && bytes > 0 ? Math.max(0, (totalBytes - bytes) / bytes) * seconds : null
  return {
    ...progress,
    rowsPerSecond: settled ? Math.round(rows / seconds) : null,
    restSeconds: rest === null ? null : Math.round(rest),
  }
}
