import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billColumns, readBillTable } from '../../src/enterprises/bill-table.ts'
import { checkCase } from '../../src/rcep/origin/check-case.ts'

const header = [...billColumns]
const bearing = ['1', '848210', 'bearing', '40', '0.2', 'non-originating', 'DE', '', '']
const part = ['2', "'087089", '', '60', '', 'originating', 'JP', 'CO 17', 'material']

test('a filled-in template is the materials of a case', () => {
  const { materials, errors } = readBillTable([header, bearing, part])
  expect(errors).toEqual([])
  expect(materials).toEqual([
    {
      id: '1',
      hs: '848210',
      description: 'bearing',
      value: '40',
      weightKg: '0.2',
      origin: { status: 'non-originating', country: 'DE' },
    },
    {
      id: '2',
      hs: '087089',
      value: '60',
      role: 'material',
      origin: { status: 'originating', party: 'JP', evidence: 'CO 17' },
    },
  ])
  const good = { hs: '870893', producedIn: 'CN', fob: '200' }
  expect(() => checkCase({ good, importer: 'JP', on: '2026-01-01', materials })).not.toThrow()
})

test('a wrong cell is named by row and column, and the good lines are kept', () => {
  const wrong = ['1', '84821', '', '4,0', 'x', 'maybe', 'Germany', '', 'part']
  const nowhere = ['3', '848210', '', '1', '', 'originating', '', '', '']
  const { materials, errors } = readBillTable([header, bearing, wrong, nowhere])
  expect(materials.map(({ id }) => id)).toEqual(['1'])
  expect(errors.map(({ row, column, value }) => [row, column, value])).toEqual([
    [3, 'hs', '84821'],
    [3, 'value', '4,0'],
    [3, 'weightKg', 'x'],
    [3, 'origin', 'maybe'],
    [3, 'country', 'Germany'],
    [3, 'role', 'part'],
    [3, 'id', '1'],
    [4, 'country', ''],
  ])
})

test('missing, unknown and repeated columns are named', () => {
  const { errors } = readBillTable([['id', 'hs', 'hs', 'price', 'origin'], bearing])
  expect(errors.map(({ column, allowed }) => [column, allowed])).toEqual([
    ['value', 'this column is needed'],
    ['price', `the columns ${billColumns.join(', ')}`],
    ['hs', 'each column once'],
  ])
})

test('a table never throws and every line is either a material or an error', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { maxLength: 10 }), { maxLength: 20 }), (lines) => {
      const { materials, errors } = readBillTable([header, ...lines])
      const wrong = new Set(errors.map(({ row }) => row))
      expect(materials.length + wrong.size).toBe(lines.length)
    }),
  )
})
