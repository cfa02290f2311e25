import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sharedPath } from '../helpers/shared.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const published = sharedPath('data')

test.skipIf(published === null)('the shipped facts are what the script makes of the published lists', () => {
  const made = mkdtempSync(join(tmpdir(), 'tradewind-facts-'))
  try {
    execFileSync(process.execPath, [join(root, 'scripts/make-reference-facts.ts'), published ?? '', made])
    const names = readdirSync(made).sort()
    const changed = names.filter(
      (name) => !readFileSync(join(made, name)).equals(readFileSync(join(root, 'data/reference', name))),
    )
    expect([names.length, changed]).toEqual([11, []])
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
})
