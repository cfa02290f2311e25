import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { encodeCase, type GoldenCase, goldenCases } from './golden-case.ts'
import { parseFile } from './pipeline.ts'

/** What was read without what the file does not say, or what the user must say first. */
async function outcomeOf(golden: GoldenCase): Promise<unknown> {
  try {
    const parsed = await parseFile(golden.name, encodeCase(golden), golden.options)
    const records = parsed.records.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== '')),
    )
    return { ...parsed, records }
  } catch (error) {
    if (error instanceof AppError) return { error: error.detail }
    throw error
  }
}

describe('files as people have them', () => {
  test('there are cases', () => {
    expect(goldenCases.size).toBeGreaterThanOrEqual(30)
  })

  test.each([...goldenCases.values()])('$about', async (golden) => {
    expect(await outcomeOf(golden)).toEqual(golden.expected)
  })
})
