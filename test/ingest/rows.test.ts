import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { type RawRow, readRows } from '../../src/ingest/rows.ts'

async function rowsOf(chunks: string[], delimiter = ',', newline: '\n' | '\r' = '\n'): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const batch of readRows(chunks, { delimiter, newline })) rows.push(...batch)
  return rows
}

describe('rows of streamed text', () => {
  test('lines are those an editor shows, also after a quoted line break', async () => {
    expect(await rowsOf(['a,b\n"x\ny",2\n3,4\n'])).toEqual([
      { cells: ['a', 'b'], line: 1, quotes: 'good' },
      { cells: ['x\ny', '2'], line: 2, quotes: 'good' },
      { cells: ['3', '4'], line: 4, quotes: 'good' },
    ])
  })

  test('old Mac line ends', async () => {
    expect(await rowsOf(['a,b\r1,2'], ',', '\r')).toEqual([
      { cells: ['a', 'b'], line: 1, quotes: 'good' },
      { cells: ['1', '2'], line: 2, quotes: 'good' },
    ])
  })

  test('a file cut inside a quote ends in a row that is not to be trusted', async () => {
    const rows = await rowsOf(['a,b\n"1","2"\n"3","4'])
    expect(rows.map((row) => row.quotes)).toEqual(['good', 'good', 'unpaired'])
  })

  test('a quote that is never closed does not fill the memory', async () => {
    const chunk = 'x,'.repeat(100_000)
    const rows = await rowsOf(['a,b\n"', ...Array.from({ length: 50 }, () => chunk)])
    expect(rows.at(-1)).toMatchObject({ line: 2, quotes: 'unclosed' })
  })

  test('what was written is what is read, wherever the chunks are cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '\t', ';', '"', '\n', ' ', '中') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
    const delimiter = fc.constantFrom(',', '\t', ';')
    await fc.assert(
      fc.asyncProperty(
        table,
        delimiter,
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (rows, by, quotes, size) => {
          const text = Papa.unparse(rows, { delimiter: by, newline: '\n', quotes })
          const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
          const read = await rowsOf(chunks, by)
          expect(read.map((row) => row.cells)).toEqual(rows)
          expect(read.every((row) => row.quotes === 'good')).toBe(true)
        },
      ),
    )
  })

  test('arbitrary text never makes it throw', async () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('"', ',', '\n', '\r'), fc.string({ unit: 'binary' })),
    })
    await fc.assert(fc.asyncProperty(fc.array(text), async (chunks) => void (await rowsOf(chunks))))
  })
})
