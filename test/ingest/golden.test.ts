import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { OptionTexts } from '../../src/ingest/options.ts'
import { gb18030 } from './encode.ts'
import { type Parsed, parseFile } from './pipeline.ts'

const folder = fileURLToPath(new URL('../golden/ingest/', import.meta.url))

/** A file as text and how it was encoded, and what must be read from it; fields that are null are left out. */
interface Golden {
  about: string
  name: string
  encoding: 'utf-8' | 'utf-8 with mark' | 'gb18030' | 'utf-16le with mark' | 'latin1'
  options: OptionTexts
  text: string[]
  expected: unknown
}

const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Golden)

function encode({ encoding, text }: Golden): Uint8Array {
  const whole = text.join('')
  if (encoding === 'gb18030') return gb18030(whole)
  if (encoding === 'latin1') return Buffer.from(whole, 'latin1')
  if (encoding === 'utf-16le with mark') return Buffer.from(`\uFEFF${whole}`, 'utf16le')
  return Buffer.from(encoding === 'utf-8' ? whole : `\uFEFF${whole}`)
}

function withoutNulls(parsed: Parsed): unknown {
  const records = parsed.records.map((record) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== '')),
  )
  return { ...parsed, records }
}

describe('files as people have them', () => {
  test('there are cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12)
  })

  test.each(cases)('$about', async (golden) => {
    const parsed = await parseFile(golden.name, encode(golden), golden.options)
    expect(withoutNulls(parsed)).toEqual(golden.expected)
  })
})
