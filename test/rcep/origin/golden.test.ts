import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCase } from '../../../src/rcep/origin/check-case.ts'
import { evaluateOrigin } from '../../../src/rcep/origin/evaluate.ts'
import { shippedOriginFacts } from '../../../src/rcep/origin/shipped-facts.ts'

interface Golden {
  citation: string
  cases: { name: string; case: unknown; expected: Record<string, unknown> }[]
}

const folder = new URL('../../golden/rcep/origin/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('there are golden cases', () => {
  expect(files.length).toBeGreaterThan(30)
})

describe.each(files)('%s', (file) => {
  const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden

  test.each(golden.cases)('$name', ({ case: input, expected }) => {
    const result = evaluateOrigin(checkCase(input), shippedOriginFacts())
    // Parsed again, for a golden is what goes over the wire.
    expect(JSON.parse(JSON.stringify(result))).toMatchObject(expected)
  })
})
