import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run } from '../../src/cli/indicators.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradewind-indicators-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function output(...argv: string[]): Promise<string> {
  const texts: string[] = []
  const code = await run(argv, { stdout: (text) => void texts.push(text), stderr: () => {} })
  expect(code).toBe(0)
  return texts.join('')
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

test('complexity reads any column names and answers as the contract says', async () => {
  const input = file(
    'trade.csv',
    '\uFEFFland,ware,wert\r\nA,x,3\r\nA,y,1\r\nB,y,3\r\nB,y,2\r\nB,z,1\r\nC,z,4\r\nC,x,1\r\n\r\n',
  )
  const answer = JSON.parse(
    await output('complexity', '--input', input, '--columns', 'land,ware,wert', '--json'),
  )
  expect(Object.keys(answer)).toEqual(['countries', 'products', 'cells', 'meta'])
  expect(
    answer.countries.map((row: { code: string; diversity: number }) => [row.code, row.diversity]),
  ).toEqual([
    ['A', 1],
    ['B', 1],
    ['C', 1],
  ])
  expect(answer.cells[2]).toEqual({
    country: 'B',
    product: 'y',
    value: '5',
    rca: 5 / 6 / (6 / 15),
    density: 1,
  })
  expect(answer.meta.repeated).toBe(1)
  expect(answer.meta.normalisation).toContain('RCA >= 1')
})

test.each([
  [['complexity'], 'input: : a CSV file with a header'],
  [['complexity', '--input', '/nowhere.csv'], 'input: /nowhere.csv: a readable CSV file'],
  [
    ['complexity', '--input', file('gbk.csv', new Uint8Array([0xb9, 0xfa])), '--columns', 'a,b,c'],
    '(not UTF-8)',
  ],
  [['complexity', '--columns', 'a,b'], 'columns: a,b: three column names'],
  [['structure', '--by', 'hs2'], 'flow: : one of export, import, re-export, re-import'],
  [['structure', '--flow', 'export', '--by', 'hs3'], 'by: hs3: one of section, hs2'],
  [['structure', '--flow', 'export', '--by', 'hs2', '--top', 'x'], 'top: x: must be integer'],
  [['growth', '--flow', 'export', '--from', '2026-13'], 'from: 2026-13: YYYY-MM, or YYYY'],
  [['growth', '--flow', 'export', '--by', 'hs2'], "Unknown option '--by'"],
  [['sums'], 'indicators: sums: structure, growth, decomposition'],
])('%j is refused in words', async (argv, message) => {
  await expect(output(...argv)).rejects.toThrow(message)
})
