import { expect, test } from 'vitest'
import { progressLine, progressText } from '../../src/cli/import-progress.ts'

const progress = (bytes: number, rows: number) => ({ bytes, totalBytes: 290_000_000, rows })

test('progress says bytes, rows, rows a second and the time left', () => {
  expect(progressText(progress(130_500_000, 900_000), 6000)).toBe(
    '45 %, 130.5 of 290.0 MB, 900000 rows, 150000 rows/s, 7 s left',
  )
  expect(progressText(progress(1_450_000, 10_000), 1000)).toBe(
    '0 %, 1.4 of 290.0 MB, 10000 rows, 10000 rows/s, 3 min left',
  )
})

test('before there is a speed, none is said; after the last byte the sums follow', () => {
  expect(progressText(progress(0, 0), 0)).toBe('0 %, 0.0 of 290.0 MB, 0 rows')
  expect(progressText(progress(290_000_000, 2_000_000), 10_000)).toBe(
    '100 %, 290.0 of 290.0 MB, 2000000 rows, 200000 rows/s, read; summing',
  )
})

function told(sizes: number[], terminal: boolean) {
  const lines: string[] = []
  let ms = 0
  const io = { stdout: () => {}, stderr: (text: string) => void lines.push(text) }
  const of = progressLine(io, sizes, { terminal, now: () => ms })
  const tell = (file: number, bytes: number, rows: number, atMs: number) => {
    ms = atMs
    of(file)({ bytes, totalBytes: sizes[file] ?? 0, rows })
  }
  return { lines, tell }
}

test('several files are told together', () => {
  const { lines, tell } = told([20_000_000, 20_000_000], false)
  tell(0, 8_000_000, 100, 2000)
  tell(1, 12_000_000, 300, 4000)
  tell(0, 20_000_000, 200, 5000)
  tell(1, 20_000_000, 500, 8000)
  expect(lines).toEqual([
    '20 %, 8.0 of 40.0 MB, 100 rows, 50 rows/s, 8 s left\n',
    '50 %, 20.0 of 40.0 MB, 400 rows, 100 rows/s, 4 s left\n',
    '80 %, 32.0 of 40.0 MB, 500 rows, 100 rows/s, 1 s left\n',
    '100 %, 40.0 of 40.0 MB, 700 rows, 88 rows/s, read; summing\n',
  ])
})

test('a terminal has one line, rewritten once a second; small files elsewhere are silent', () => {
  const terminal = told([1000], true)
  terminal.tell(0, 100, 1, 0)
  terminal.tell(0, 200, 2, 500)
  terminal.tell(0, 1000, 10, 900)
  expect(terminal.lines.map((line) => line.slice(0, 5))).toEqual(['\r\u001B[K1', '\r\u001B[K1'])
  expect(terminal.lines[1]?.slice(4)).toMatch(/^100 %.*summing\n$/)
  const quiet = told([1000], false)
  quiet.tell(0, 1000, 10, 900)
  expect(quiet.lines).toEqual([])
})
