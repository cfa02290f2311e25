import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCase } from '../../../src/rcep/origin/check-case.ts'
import { judgeCase } from '../../../src/rcep/origin/compare.ts'
import { shippedBooks } from '../../../src/rcep/rules/books.ts'
import { readReference } from '../../../src/reference/load.ts'

interface Golden {
  citation: string
  cases: { name: string; case: unknown; expected: Record<string, unknown> }[]
}

const folder = new URL('../../golden/rcep/origin/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

/** The examples of public guidance that carry figures, and the constructed boundary cases, each by its file. */
const examples = {
  'clutch-without-partners': [1],
  'clutch-under-rcep': [2],
  'thai-input-cumulated': [3, 4],
  fridge: [5],
  motorcycle: [6],
  'ore-split-back-to-back': [7, 8],
  'minimal-work-and-full-work': [9, 10],
  'japan-3923-10': [11, 'C14', 'C15'],
  'japan-filament-fabric': [12],
  'crushed-stone': [13],
  'appendix-periods-china': [14],
  'appendix-periods-philippines': [15],
  'pollock-to-korea': [16],
  'myanmar-to-china': [17],
  'philippines-to-china': [18],
  'codes-of-hs2012': [19],
  'peach-jam': [20],
  'australia-customs-value': [21],
  'c01-value-at-the-boundary': ['C1'],
  'c02-deductions': ['C2'],
  'c03-de-minimis-by-value': ['C3'],
  'c04-de-minimis-by-weight': ['C4'],
  'c05-either-alternative': ['C5'],
  'c06-no-tolerance-in-value': ['C6'],
  'c07-wholly-obtained-has-no-tolerance': ['C7'],
  'c08-guts': ['C8'],
  'c09-ginseng-extract': ['C9'],
  'c10-halogens': ['C10'],
  'c11-roll-up': ['C11'],
  'c12-no-full-cumulation': ['C12'],
  'c13-minimal-operations': ['C13'],
  'c16-appendix-not-met': ['C16'],
  'c17-appendix-met': ['C17'],
  'c18-exporting-party-under-2-6-4': ['C18'],
  'c19-schedule-years': ['C19'],
  'c20-mfn-below-rcep': ['C20'],
  'c21-proof-for-a-year': ['C21'],
  'c22-small-value': ['C22'],
  'c23-packing': ['C23'],
  'c24-indirect-materials': ['C24'],
  'c25-partner-not-yet-in-force': ['C25'],
}

test('all twenty-one public examples and twenty-five boundary cases are golden cases with their citation', () => {
  const wanted = [
    ...Array.from({ length: 21 }, (_, index) => index + 1),
    ...Array.from({ length: 25 }, (_, index) => `C${index + 1}`),
  ]
  expect(new Set(Object.values(examples).flat())).toEqual(new Set(wanted))
  expect(Object.keys(examples).filter((name) => !files.includes(`${name}.json`))).toEqual([])
  expect(files.filter((name) => !read(name).citation)).toEqual([])
})

describe.each(files)('%s', (file) => {
  test.each(read(file).cases)('$name', ({ case: input, expected }) => {
    // Judged as the command line does; parsed again, for a golden is what goes over the wire.
    const result = judgeCase(checkCase(input), {}, { books: shippedBooks(), concordance, language: 'en' })
    expect(JSON.parse(JSON.stringify(result))).toMatchObject(expected)
  })
})

const { concordance } = readReference()

function read(file: string): Golden {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden
}
