import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { translated } from '../../src/web/components/imports/messages.ts'
import { importMessages, importWords } from '../../src/web/text/zh/import-messages.ts'

const chinese = { messages: importMessages, words: importWords }

interface Report {
  error?: { allowed: string }
  evidence?: string[]
  warnings?: string[]
  rejects?: { reason: string; hint: string }[]
}

/** Everything the service said about the files of the golden cases. */
const said = readdirSync('test/golden/ingest/reports').flatMap((file) => {
  const golden = JSON.parse(readFileSync(`test/golden/ingest/reports/${file}`, 'utf8'))
  const reports: Report[] = golden.reports ?? [golden.report]
  return reports.flatMap(({ error, evidence = [], warnings = [], rejects = [] }) => [
    ...(error ? [error.allowed] : []),
    ...evidence,
    ...warnings,
    ...rejects.flatMap(({ reason, hint }) => [reason, hint]),
  ])
})

test('everything the service says about a file is said in Chinese', () => {
  expect(said.length).toBeGreaterThan(100)
  // words of the file itself and names stay; a sentence of ours has no run of English words
  const english = [...new Set(said)].filter((text) =>
    /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(translated(text, chinese)),
  )
  expect(english).toEqual([])
  const untouched = [...new Set(said)].filter((text) => translated(text, chinese) === text)
  expect(untouched).toEqual(['1 CIF, 2 C&F, 3 FOB, 4 C&I, 5 市场价, 6 垫仓, 7 EXW'])
})

test.each([
  ['the row has 5 cells, the header 4', '该行有 5 个单元格，表头有 4 个'],
  ['flow export: from the file name', '进出口为出口：按文件名判断'],
  [
    '商品编码: not in the eight-digit list of 2022 (none of 2026 is known), kept as it is: 99999999, 09020000 (2 rows)',
    '商品编码：不在 2022 年 8 位商品目录中（没有 2026 年的目录），原样保留：99999999, 09020000（2 行）',
  ],
  ['delimiter comma: gives 4 columns', '分隔符为逗号，分出 4 列'],
  ['something new', 'something new'],
])('%s', (english, translation) => {
  expect(translated(english, chinese)).toBe(translation)
})
