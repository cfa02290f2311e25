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
  expect(errors.map(({ row, cell, column, value }) => [row, cell, column, value])).toEqual([
    [3, 'B3', 'hs', '84821'],
    [3, 'D3', 'value', '4,0'],
    [3, 'E3', 'weightKg', 'x'],
    [3, 'F3', 'origin', 'maybe'],
    [3, 'G3', 'country', 'Germany'],
    [3, 'I3', 'role', 'part'],
    [3, 'A3', 'id', '1'],
    [4, 'G4', 'country', ''],
  ])
})

test('missing, unknown and repeated columns are named', () => {
  const { errors } = readBillTable([['id', 'hs', 'hs', 'price', 'origin'], bearing])
  expect(errors.map(({ cell, column, allowed }) => [cell, column, allowed])).toEqual([
    ['', 'value', 'this column is needed'],
    ['D1', 'price', `the columns ${billColumns.join(', ')}`],
    ['C1', 'hs', 'each column once'],
  ])
})

test('a table that is wider than any is one error, however wide, and no name is told at length', () => {
  const wide = readBillTable([Array.from({ length: 200_000 }, (_, at) => `c${at}`)])
  expect(wide).toEqual({
    materials: [],
    errors: [{ row: 1, cell: '', column: '', value: '200000 columns', allowed: 'at most 50 columns' }],
  })
  const long = readBillTable([['id', 'hs', 'value', 'origin', 'x'.repeat(5_000), 'x'.repeat(5_000)]])
  expect(long.errors.map(({ column, value }) => [column.length, value.length])).toEqual(
    Array(3).fill([200, 200]),
  )
})

test('a table never throws and every line is either a material or an error', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { maxLength: 10 }), { maxLength: 20 }), (lines) => {
      const { materials, errors } = readBillTable([header, ...lines])
      const wrong = new Set(errors.map(({ row }) => row))
      const filled = lines.filter((line) => line.some((cell) => cell.trim() !== ''))
      expect(materials.length + wrong.size).toBe(filled.length)
    }),
  )
})

test('the Chinese headings and words of the template say the same; empty lines keep the numbers of the others', () => {
  const chinese = ['序号', '商品编码', '品名', '金额', '净重千克', '原产状态', '原产国', '原产证明', '用途']
  const bamboo = ['1', '440921', '竹板', '40', '', '非原产', 'LA', '', '材料']
  const { materials, errors } = readBillTable([chinese, bamboo, ['', ' '], ['2', '1', '', '1', '', '未知']])
  expect(materials).toEqual([
    {
      ...{ id: '1', hs: '440921', description: '竹板', value: '40', role: 'material' },
      origin: { status: 'non-originating', country: 'LA' },
    },
  ])
  expect(errors.map(({ cell }) => cell)).toEqual(['B4'])
})
