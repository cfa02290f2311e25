import { describe, expect, test } from 'vitest'
import { tableOf } from '../../src/warnings/remedies/read.ts'
import { endlessSheets, withSheet, workbook } from '../helpers/workbook.ts'

describe('a list of measures', () => {
  test('is read from a workbook and from CSV alike', async () => {
    expect(await tableOf(workbook([['case', 'hs']]))).toEqual([['case', 'hs']])
    expect(await tableOf(Buffer.from('case,hs\n'))).toEqual([['case', 'hs']])
  })

  test('that is no workbook though it begins like one is refused', async () => {
    await expect(tableOf(Buffer.from('PK no archive'))).rejects.toMatchObject({ code: 'refused' })
  })

  test.each(endlessSheets)(
    'that names %s is read or refused, and others are read after it',
    async (_about, xml) => {
      const outcome = await tableOf(withSheet(xml)).then(
        () => 'rows',
        (error: { code: string }) => error.code,
      )
      expect(['rows', 'refused']).toContain(outcome)
      expect(await tableOf(workbook([['case']]))).toEqual([['case']])
    },
  )
})
