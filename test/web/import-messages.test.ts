import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type MessageCode, say, sentences, understood } from '../../src/ingest/messages.ts'
import { saidText } from '../../src/web/said-text.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'

interface Report {
  error?: { allowed: string }
  evidence?: string[]
  warnings?: string[]
  rejects?: { reason: string; hint: string }[]
}

/** Everything the service said about the files of the golden cases. */
const said = ['test/golden/ingest', 'test/golden/ingest/reports'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const golden = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
      const reports: Report[] = golden.reports ?? [golden.report ?? golden.expected]
      return reports.flatMap(({ error, evidence = [], warnings = [], rejects = [] }) => [
        ...(error ? [error.allowed] : []),
        ...evidence,
        ...warnings,
        ...rejects.flatMap(({ reason, hint }) => [reason, hint]),
      ])
    }),
)
const codes = Object.keys(sentences) as MessageCode[]
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

describe('whatever is said of a file', () => {
  test('has a code', () => {
    expect(said.length).toBeGreaterThan(200)
    expect(said.filter((sentence) => understood(sentence).code === 'other')).toEqual([])
  })

  test('is said in Chinese', () => {
    // words of the file itself and names stay; a sentence of ours has no run of English words
    const english = said
      .map((sentence) => saidText(sentence, understood(sentence), zh))
      .filter((text) => /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text))
    expect(english).toEqual([])
  })
})

describe.each(codes)('%s', (code) => {
  const values = Object.fromEntries(namesIn(sentences[code]).map((name) => [name, `<${name}>`]))
  const sentence = (say as (code: MessageCode, params: object) => string)(code, values)

  test('is understood from its sentence, with its values', () => {
    expect(understood(sentence)).toEqual({ code, params: values })
  })

  test('is said in Chinese with all that matters', () => {
    const words = zh.wizard.said[code] ?? ''
    expect(words).toMatch(/[一-鿿]|CIF/)
    expect(namesIn(sentences[code])).toEqual(expect.arrayContaining(namesIn(words)))
    expect(words).not.toMatch(/--[a-z]|[a-z]{2,} [a-z]{2,} [a-z]{2,}/)
  })

  test('is said in English without options of the command line', () => {
    const text = saidText(sentence, understood(sentence), en)
    expect(text).toMatch(/[a-zA-Z]/)
    expect(text).not.toMatch(/--[a-z]/)
    expect(text).not.toContain('undefined')
  })
})

test.each([
  ['the row has 5 cells, the header 4', '该行有 5 个单元格，表头有 4 个'],
  ['flow export: from the file name', '进出口为出口：按文件名判断'],
  [
    '商品编码: not in the eight-digit list of 2022 (none of 2026 is known), kept as it is: 99999999, 09020000 (2 rows)',
    '商品编码：不在 2022 年 8 位商品目录中（没有 2026 年的目录），原样保留：99999999, 09020000（2 行）',
  ],
  ['delimiter comma: gives 4 columns', '分隔符为逗号，分出 4 列'],
  [
    'import 7: loaded: only what is not stored can be read again',
    '第 7 号导入的状态是“已导入”，只有尚未写入的才能重新读取',
  ],
  ['something new', 'something new'],
])('%s', (english, translation) => {
  expect(saidText(english, understood(english), zh)).toBe(translation)
})
