import type { Progress } from '../ingest/schema.ts'
import { withSpeed } from '../ingest/speed.ts'
import type { Io } from './io.ts'

/** Hears how far one file is. */
export type ProgressOf = (progress: Progress) => void

const largeBytes = 20_000_000
const betweenLinesMs = 1000

/**
 * Tells on stderr how far the files are together: rewriting one line on a terminal, elsewhere only for large files, a line
 * every ten percent. `sizes` are their bytes.
 */
export function progressLine(
  io: Io,
  sizes: readonly number[],
  { terminal = process.stderr.isTTY, now = () => performance.now() } = {},
): (file: number) => ProgressOf {
  const begun = now()
  const at = sizes.map(() => ({ bytes: 0, rows: 0 }))
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0)
  let shownMs = Number.NEGATIVE_INFINITY
  let decile = 0
  return (file) =>
    ({ bytes, rows }) => {
      at[file] = { bytes, rows }
      const sum = at.reduce((all, one) => ({ bytes: all.bytes + one.bytes, rows: all.rows + one.rows }))
      const progress = { ...sum, totalBytes }
      const text = progressText(progress, now() - begun)
      const last = sum.bytes >= totalBytes
      if (terminal) {
        if (now() - shownMs < betweenLinesMs && !last) return
        shownMs = now()
        io.stderr(`\r\u001B[K${text}${last ? '\n' : ''}`)
      } else if (totalBytes >= largeBytes && Math.floor((10 * sum.bytes) / totalBytes) > decile) {
        decile = Math.floor((10 * sum.bytes) / totalBytes)
        io.stderr(`${text}\n`)
      }
    }
}

/** `45 %, 130.5 of 290.0 MB, 900000 rows, 150000 rows/s, 12 s left`. */
export function progressText(progress: Progress, elapsedMs: number): string {
  const { bytes, totalBytes, rows, rowsPerSecond, restSeconds } = withSpeed(progress, elapsedMs)
  const percent = Math.floor((bytes / Math.max(1, totalBytes)) * 100)
  const parts = [`${percent} %`, `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`, `${rows} rows`]
  if (rowsPerSecond !== null) parts.push(`${rowsPerSecond} rows/s`)
  if (bytes >= totalBytes) parts.push('read; summing')
  else if (restSeconds !== null) parts.push(`${duration(restSeconds)} left`)
  return parts.join(', ')
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
