import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OptionTexts } from '../../src/ingest/options.ts'
import { gb18030 } from './encode.ts'

const folder = fileURLToPath(new URL('../golden/ingest/', import.meta.url))

/** A file as text, and how it is encoded. */
export interface GoldenFile {
  name: string
  encoding: 'utf-8' | 'utf-8 with mark' | 'gb18030' | 'utf-16le with mark' | 'latin1'
  options: OptionTexts
  text: string[]
}

/** One file and what must be read from it; fields that are null are left out. */
export interface GoldenCase extends GoldenFile {
  about: string
  expected: unknown
}

/** The cases of test/golden/ingest by file name. */
export const goldenCases: ReadonlyMap<string, GoldenCase> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(folder + file, 'utf8')) as GoldenCase,
    ]),
)

export function encodeCase({ encoding, text }: Pick<GoldenFile, 'encoding' | 'text'>): Uint8Array {
  const whole = text.join('')
  if (encoding === 'gb18030') return gb18030(whole)
  if (encoding === 'latin1') return Buffer.from(whole, 'latin1')
  if (encoding === 'utf-16le with mark') return Buffer.from(`\uFEFF${whole}`, 'utf16le')
  return Buffer.from(encoding === 'utf-8' ? whole : `\uFEFF${whole}`)
}
