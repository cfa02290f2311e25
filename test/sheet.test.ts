import { read, utils } from '@e965/xlsx'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvOf, formatWanted, type Sheet, xlsxOf } from '../src/sheet.ts'

const sheet: Sheet = {
  title: '结构',
  headings: ['代码', '名称', '金额（元）', '同比（小数）'],
  rows: [
    ['09021000', '绿茶, "特级"', { figure: '-12345678901234567890.12' }, 0.25],
    ['=1+1', '+SUM(A1)', { figure: '20.10' }, null],
    ['@x', '-2', { figure: '-3' }, -0.5],
  ],
  notes: ['注：第一行', '=cmd|1'],
}

describe('CSV', () => {
  test('starts with a byte order mark, ends lines with CR LF, and keeps codes and every digit', () => {
    const text = csvOf(sheet)
    expect(text.startsWith('\uFEFF代码,名称,金额（元）,同比（小数）\r\n')).toBe(true)
    expect(Papa.parse<string[]>(text.slice(1)).data.slice(1, 4)).toEqual([
      ['09021000', '绿茶, "特级"', '-12345678901234567890.12', '0.25'],
      ["'=1+1", "'+SUM(A1)", '20.10', ''],
      ["'@x", "'-2", '-3', '-0.5'],
    ])
    expect(text.endsWith("\r\n\r\n注：第一行\r\n'=cmd|1\r\n")).toBe(true)
  })
})

test('a workbook has text as text, figures as numbers where no digit is lost, and no formula', async () => {
  const book = read(await xlsxOf(sheet))
  const page = book.Sheets.结构 ?? {}
  expect(utils.sheet_to_json(page, { header: 1 }).slice(0, 4)).toEqual([
    sheet.headings,
    ['09021000', '绿茶, "特级"', '-12345678901234567890.12', 0.25],
    ['=1+1', '+SUM(A1)', 20.1],
    ['@x', '-2', -3, -0.5],
  ])
  const formulas = Object.values(page).filter((cell) => typeof cell === 'object' && 'f' in cell && cell.f)
  expect(formulas).toEqual([])
})

test.each([
  ['csv', 'application/json', 'csv'],
  [undefined, 'text/csv', 'csv'],
  [undefined, 'text/csv;q=0.9, */*', 'csv'],
  [undefined, 'application/json, text/csv', 'json'],
  [undefined, '*/*', 'json'],
  [undefined, undefined, 'json'],
] as const)('format %s with Accept %s is %s', (asked, accept, expected) => {
  expect(formatWanted(asked, accept)).toBe(expected)
})
