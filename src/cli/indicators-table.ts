import { Big } from 'big.js'
import type { CompetitivenessReply, DecompositionReply, FirmsReply } from '../indicators/analysis-schema.ts'
import type { Complexity } from '../indicators/complexity.ts'
import type { GrowthReply, StructureReply } from '../indicators/schema.ts'
import type { Cell, Sheet } from '../sheet.ts'

/** A structure as an aligned table, with the totals above and the warnings below. */
export function structureTable({ data, meta }: StructureReply): string {
  const unit = unitFor(
    data.map((row) => row.value),
    meta.currency,
  )
  const rows = data.map((row) => [
    row.code,
    row.name ?? '',
    unit.show(row.value),
    percent(row.share),
    row.isNew ? 'new' : row.isGone ? 'gone' : percent(row.yoy, true),
    signed(row.pull),
    percent(row.contributionRate),
  ])
  const compared = meta.comparison ? ` against ${span(meta.comparison)}` : ''
  return lines([
    `${meta.filters.dataset} ${meta.filters.flow} by ${meta.filters.by}, ${span(meta.period)}${compared}`,
    `total ${unit.show(meta.total)} ${unit.name}, growth ${percent(meta.yoy, true)}, HHI ${statistic(meta.hhi)} over ${meta.n} lines, effective number ${statistic(meta.effectiveNumber)}`,
    '',
    ...aligned([['code', 'name', unit.name, 'share %', 'yoy %', 'pull pp', 'contribution %'], ...rows], 2),
    ...footer(meta),
  ])
}

function span({ from, to }: { from: string; to: string }): string {
  return from === to ? from : `${from} to ${to}`
}

/** A growth table, months down; `*` marks a yoy whose base was odd: read the two-year average beside it. */
export function growthTableText({ data, meta }: GrowthReply): string {
  const unit = unitFor(
    data.flatMap((row) => [row.value ?? '0', row.ytd ?? '0']),
    meta.currency,
  )
  const rows = data.map((row) => {
    const rate = (name: 'yoy' | 'mom' | 'ytdYoy' | 'rolling3Yoy' | 'rolling12Yoy' | 'cagr2') => {
      const note = row.notes[name]
      return note === 'new' || note === 'gone' ? note : percent(row[name], true)
    }
    return [
      row.period,
      unit.show(row.value),
      `${rate('yoy')}${row.oddBase ? '*' : ''}`,
      rate('mom'),
      unit.show(row.ytd),
      rate('ytdYoy'),
      rate('rolling3Yoy'),
      rate('rolling12Yoy'),
      rate('cagr2'),
    ]
  })
  const heading = [
    'period',
    unit.name,
    'yoy %',
    'mom %',
    'ytd',
    'ytd yoy %',
    '3 months %',
    '12 months %',
    '2-year %',
  ]
  return lines([
    `${meta.filters.dataset} ${meta.filters.flow}, ${meta.filters.from} to ${meta.filters.to}; mom is not seasonally adjusted`,
    '',
    ...aligned([heading, ...rows], 1),
    ...(data.some((row) => row.oddBase)
      ? ['* last year moved by more than 20 %: read the 2-year average']
      : []),
    ...footer(meta),
  ])
}

/** Parts of a change as an aligned table; the tree is indented. */
export function decompositionTable({ data, meta }: DecompositionReply): string {
  const unit = unitFor([meta.base.value, meta.current.value], meta.currency)
  const rows = data.map((part) => [
    `${'  '.repeat(part.parent?.split('/').length ?? 0)}${part.code}`,
    part.name ?? '',
    unit.show(part.change),
    signed(part.pull),
    statistic(part.index),
    part.cells === null ? '-' : String(part.cells),
  ])
  return lines([
    `${meta.filters.dataset} ${meta.filters.flow}, ${meta.filters.method}, ${span(meta.current)} against ${span(meta.base)}`,
    `${unit.show(meta.base.value)} to ${unit.show(meta.current.value)} ${unit.name}, change ${unit.show(meta.change)} (${percent(meta.yoy, true)} %)${meta.coverage === null ? '' : `, coverage ${percent(meta.coverage)} %`}`,
    '',
    ...aligned([['part', 'name', `change ${unit.name}`, 'pull pp', 'index', 'cells'], ...rows], 2),
    ...(meta.firms
      ? [
          `enterprises: ${meta.firms.active} active, ${meta.firms.firstTimeCount} for the first time, ${meta.firms.returnedCount} returned, ${meta.firms.silentCount} silent`,
        ]
      : []),
    ...footer(meta),
  ])
}

/** Indices of a year by product or partner; `few` marks those withheld because fewer than three firms stand behind them. */
export function competitivenessTable({ data, meta }: CompetitivenessReply): string {
  const unit = unitFor(
    data.flatMap((row) => [row.exports ?? '0', row.imports ?? '0']),
    meta.currency,
  )
  const rows = data.map((row) => [
    row.code,
    row.name ?? '',
    unit.show(row.exports),
    unit.show(row.imports),
    row.note === 'few-firms' ? 'few' : statistic(row.index),
    row.firms === null ? '-' : String(row.firms),
  ])
  const world = meta.world.length === 0 ? '' : `, world: ${meta.world.join(', ')}`
  return lines([
    `${meta.filters.dataset} ${meta.filters.measure} ${meta.year}, ${meta.level} digits${world}`,
    ...(meta.total === null ? [] : [`of all trade ${statistic(meta.total)}`]),
    '',
    ...aligned(
      [
        ['code', 'name', `exports ${unit.name}`, `imports ${unit.name}`, meta.filters.measure ?? '', 'firms'],
        ...rows,
      ],
      2,
    ),
    ...footer(meta),
  ])
}

/** Enterprises by stage, and the largest. */
export function firmsTable({ data, meta }: FirmsReply): string {
  const unit = unitFor(
    data.flatMap((row) => [row.before, row.after]),
    meta.currency,
  )
  const rows = data.map((row) => [
    row.stage,
    String(row.firms),
    unit.show(row.before),
    unit.show(row.after),
    unit.show(row.change),
    signed(row.pull),
    percent(row.share),
  ])
  const largest = meta.largest.map((firm) => [
    firm.code,
    firm.name ?? '',
    unit.show(firm.value),
    percent(firm.share),
  ])
  return lines([
    `${meta.filters.dataset} ${meta.filters.flow}, ${span(meta.current)} against ${span(meta.base)}; looked back to ${meta.since ?? 'nothing earlier'}`,
    `${meta.active} active, HHI ${statistic(meta.hhi)}`,
    '',
    ...aligned(
      [['stage', 'firms', 'before', `after ${unit.name}`, 'change', 'pull pp', 'share %'], ...rows],
      1,
    ),
    '',
    ...aligned([['enterprise', 'name', unit.name, 'share %'], ...largest], 2),
    ...footer(meta),
  ])
}

/** The most complex countries and products of a table. */
export function complexityTable({ countries, products, meta }: Complexity): string {
  const countryRows = [...countries]
    .sort((a, b) => (b.eci ?? 0) - (a.eci ?? 0))
    .slice(0, 20)
    .map((row) => [row.code, statistic(row.eci), String(row.diversity)])
  const productRows = [...products]
    .sort((a, b) => (b.pci ?? 0) - (a.pci ?? 0))
    .slice(0, 20)
    .map((row) => [row.code, statistic(row.pci), String(row.ubiquity)])
  return lines([
    `${meta.rows} rows, ${countries.length} countries, ${products.length} products; ${meta.repeated} rows repeated a pair and were added up`,
    `dropped without an advantage: ${meta.dropped.countries.length} countries, ${meta.dropped.products.length} products`,
    '',
    ...aligned([['country', 'ECI', 'diversity'], ...countryRows], 1),
    '',
    ...aligned([['product', 'PCI', 'ubiquity'], ...productRows], 1),
    ...meta.warnings.map((warning) => `warning: ${warning}`),
    meta.normalisation,
  ])
}

/** A table made for export, as an aligned one: its notes below. */
export function sheetTable({ headings, rows, notes }: Sheet): string {
  const textOf = (cell: Cell | null) =>
    cell === null ? '-' : String(typeof cell === 'object' ? cell.figure : cell)
  return lines([...aligned([headings, ...rows.map((row) => row.map(textOf))], 2), '', ...notes])
}

function footer(meta: {
  vintage: string
  rows: number
  warnings: { code: string; detail: string }[]
  excludedShare?: string | null
}): string[] {
  const excluded = Number(meta.excludedShare ?? 0)
  return [
    ...(excluded === 0
      ? []
      : [`unclassified: ${percent(meta.excludedShare ?? null)} % of the total, not in HHI`]),
    ...meta.warnings.map(({ code, detail }) => `warning: ${code}: ${detail}`),
    `${meta.rows} facts, newest loaded ${meta.vintage}`,
  ]
}

/** One unit for a whole table: 元, 万元 or 亿元 (美元 likewise), so that the largest figure keeps up to six digits. */
function unitFor(values: readonly string[], currency: string) {
  const largest = values.reduce((most, value) => {
    const size = new Big(value).abs()
    return size.gt(most) ? size : most
  }, new Big(0))
  const exponent = largest.gte('1e10') ? 8 : largest.gte('1e6') ? 4 : 0
  const prefix = { 0: '', 4: '万', 8: '亿' }[exponent]
  const name = `${prefix}${currency === 'USD' ? '美元' : '元'}`
  const show = (value: string | null) => (value === null ? '-' : new Big(`${value}e-${exponent}`).toFixed(2))
  return { name, show }
}

function percent(value: string | number | null, withSign = false): string {
  if (value === null) return '-'
  const text = new Big(value).times(100).toFixed(2)
  return withSign && Number(text) > 0 ? `+${text}` : text
}

function signed(points: number | null): string {
  if (points === null) return '-'
  const text = new Big(points).toFixed(2)
  return Number(text) > 0 ? `+${text}` : text
}

function statistic(value: number | null): string {
  return value === null ? '-' : value.toFixed(4)
}

/** The first `left` columns to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((text, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - widthOf(text))
        return column < left ? text + space : space + text
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Columns on a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, letter) => width + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(letter) ? 2 : 1),
    0,
  )
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`
}
