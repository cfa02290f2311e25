import { expect, test } from 'vitest'
import { withSpeed } from '../../src/ingest/speed.ts'

const progress = { bytes: 25, totalBytes: 100, rows: 1000 }

test('the speed is that since the beginning, and the rest takes as long', () => {
  expect(withSpeed(progress, 2000)).toEqual({ ...progress, rowsPerSecond: 500, restSeconds: 6 })
})

test('nothing is said of the speed before it settles, nor of the rest before there are bytes', () => {
  expect(withSpeed(progress, 200)).toEqual({ ...progress, rowsPerSecond: null, restSeconds: null })
  expect(withSpeed({ ...progress, bytes: 0, rows: 0 }, 2000)).toMatchObject({
    rowsPerSecond: 0,
    restSeconds: null,
  })
})
