// Makes data/origin/{rcep,cn-kr,acfta}/*.csv from the tables named in data/SOURCES.md:
//   node scripts/make-origin-facts.ts RCEP-PSR.csv CN-KR-PSR.csv [OUT_DIR]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Papa from 'papaparse'
import { ruleFor } from '../src/rcep/rules/lookup.ts'
import { formatRule, parseRule } from '../src/rcep/rules/parse.ts'

type Row = Record<string, string>
type Rules = Map<string, string>

/** ASEAN-China general rule: chapters where a change of heading is enough, and the headings among them where it is not. */
const acftaHeadingChange = '25 26 28 29 31 39 42-49 57-59 61 62 64 66-71 73-83 86 88 91-97'
  .split(' ')
  .flatMap(chaptersOf)
const acftaValueOnly = ['2901', '2902', '3105', '3901', '3902', '3903', '3907', '3908']

function chaptersOf(range: string): string[] {
  const [first, last = first] = range.split('-')
  const chapters: string[] = []
  for (let chapter = Number(first); chapter <= Number(last); chapter += 1) {
    if (chapter !== 77) chapters.push(String(chapter).padStart(2, '0'))
  }
  return chapters
}

function read(path: string, ...columns: string[]): Row[] {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  const { data, errors, meta } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true })
  const missing = columns.filter((column) => !meta.fields?.includes(column))
  if (missing.length > 0) throw new Error(`${path}: no column ${missing.join(', ')}`)
  if (errors[0] !== undefined) throw new Error(`${path}: row ${errors[0].row}: ${errors[0].message}`)
  return data
}

/** Canonical notation; a text the grammar cannot read stays as published. */
function canonical(text: string): string {
  return formatRule(parseRule(text), 'en')
}

/** One row for each row of the Annex, whatever its level; throws unless the longest prefix gives every code its own rule. */
function annexRows(rows: Row[]): Rules {
  const rules: Rules = new Map()
  for (const { hs6 = '', rule = '', row_level: level = '' } of rows) {
    rules.set(hs6.slice(0, Number(level)), canonical(rule))
  }
  for (const { hs6 = '', rule = '', row_level: level = '' } of rows) {
    const found = ruleFor(rules, hs6)
    if (found?.rule !== canonical(rule) || found.level !== Number(level)) {
      throw new Error(`${hs6}: rows of ${level} digits do not give back "${rule}"`)
    }
  }
  return rules
}

function acftaRows(): Rules {
  const chapters = chaptersOf('1-97').map((chapter): [string, string] => {
    return [chapter, acftaHeadingChange.includes(chapter) ? 'CTH or RVC40' : 'RVC40']
  })
  return new Map([...chapters, ...acftaValueOnly.map((heading): [string, string] => [heading, 'RVC40'])])
}

function write(path: string, rules: Rules): void {
  const rows = [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, rule]) => ({ code, rule }))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${Papa.unparse(rows, { newline: '\n' })}\n`)
  console.log(`${path}: ${rows.length} rows`)
}

const [rcepPath, koreaPath, out = 'data/origin'] = process.argv.slice(2)
if (rcepPath === undefined || koreaPath === undefined) {
  console.error('usage: make-origin-facts.ts RCEP-PSR.csv CN-KR-PSR.csv [OUT_DIR]')
  process.exit(2)
}
write(join(out, 'rcep/psr-hs2022.csv'), annexRows(read(rcepPath, 'hs6', 'rule', 'row_level')))
const korea = read(koreaPath, 'hs6_2012', 'rule_zh')
write(
  join(out, 'cn-kr/psr-hs2012.csv'),
  new Map(korea.map((row) => [row.hs6_2012 ?? '', canonical(row.rule_zh ?? '')])),
)
write(join(out, 'acfta/general-rule.csv'), acftaRows())
