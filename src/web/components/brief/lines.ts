import Big from 'big.js'
import type { StructureReply } from '../../../indicators/schema.ts'
import type { BriefFacts, Sourced } from '../../api-brief.ts'
import { growth, missing, money, monthOfYear, points, share, signedMoney, unitFor } from '../../format.ts'
import type { Pieces } from '../../pieces.ts'
import type { Block, Column } from './blocks.ts'
import { pullOption, strongest } from './pull-chart.ts'
import type { Writer } from './writer.ts'

type Line = StructureReply['data'][number]

const inSentence = 5
const inTable = 10
const inChart = 6

/** Where the trade goes, what pulls, and the share of the agreement's other members. */
export function markets(facts: BriefFacts, to: Writer): Block[] {
  const { words } = to
  return distribution(facts.partners, facts.partnersInMonth, {
    to,
    name: words.parts.markets,
    top: (lines) => words.topMarkets(to.flow, lines),
    line: words.market,
    further: groups(facts.regions, to),
  })
}

/** What is traded, by chapter, with the products that moved most. */
export function products(facts: BriefFacts, to: Writer): Block[] {
  const { words } = to
  return [
    ...distribution(facts.chapters, facts.chaptersInMonth, {
      to,
      name: words.parts.products,
      top: words.topProducts,
      line: words.product,
      further: moverSentence(facts.products, to),
    }),
    ...moverTables(facts.products, to),
  ]
}

/** General trade, processing, e-commerce and market procurement. */
export function forms({ forms: asked }: BriefFacts, to: Writer): Block[] {
  const { words } = to
  if (asked.reply === null) return [{ kind: 'paragraph', pieces: words.noFigure(words.parts.forms) }]
  const lines = asked.reply.data
  const sentence = words.forms(lines.map((line) => words.form(spoken(line, asked.url, to))))
  return [
    { kind: 'paragraph', pieces: [...sentence, words.between, ...newForms(lines, asked.url, to)] },
    table(lines, null, { title: words.parts.forms, url: asked.url, to }),
  ]
}

/** E-commerce and market procurement together, where the source tells them apart. */
function newForms(lines: readonly Line[], url: string, to: Writer): Pieces {
  const found = lines.filter(({ code }) => code === 'ecommerce' || code === 'market-procurement')
  if (found.length < 2) return []
  const together = (of: (line: Line) => string | null) =>
    found.reduce((sum, line) => sum.plus(of(line) ?? 0), new Big(0)).toFixed()
  return to.words.newForms({
    value: to.money(
      together(({ value }) => value),
      url,
    ),
    share: to.share(
      together((line) => line.share),
      url,
    ),
  })
}

interface Named {
  to: Writer
  name: string
  top: (lines: Pieces[]) => Pieces
  line: Writer['words']['product']
  /** What else there is to say before the chart and the table. */
  further: Pieces
}

function distribution(
  year: Sourced<StructureReply>,
  alone: Sourced<StructureReply>,
  { to, name, top, line, further }: Named,
): Block[] {
  const { words } = to
  if (year.reply === null) return [{ kind: 'paragraph', pieces: words.noFigure(name) }]
  const lines = year.reply.data.filter(isLine)
  const { url } = year
  const pulls = strongest(lines, inChart)
  const sentence = strongest(lines, 3)
  const pulled = (found: typeof pulls.up) =>
    found.map((each) => words.pulled(to.name(each), { figure: points(each.pull, 2), url }))
  const largest = lines.slice(0, inSentence).map((each) => line(spoken(each, url, to)))
  const comparable = lines.some(({ pull }) => pull !== null)
  const sentences = [
    top(largest),
    comparable ? words.pulls({ up: pulled(sentence.up), down: pulled(sentence.down) }) : [],
    further,
  ]
  return [
    ...sentences
      .filter((pieces) => pieces.length > 0)
      .map((pieces) => ({ kind: 'paragraph' as const, pieces })),
    ...(comparable ? [pullChart([...pulls.up, ...pulls.down.toReversed()], { name, url, to })] : []),
    table(lines.slice(0, inTable), alone.reply, { title: name, url, to }),
  ]
}

function pullChart(
  bars: readonly (Line & { pull: number })[],
  { name, url, to }: { name: string; url: string; to: Writer },
): Block {
  const title = to.words.pullChart(name, inChart)
  const option = pullOption(
    bars.map((bar) => ({ name: to.name(bar), pull: bar.pull })),
    to.words.columns.pull,
  )
  return { kind: 'chart', title, url, label: title, option, height: bars.length * 22 + 20 }
}

function groups({ reply, url }: Sourced<StructureReply>, to: Writer): Pieces {
  const rcep = reply?.data.find(({ code }) => code === 'RCEP')
  if (!reply || !rcep) return []
  const others = reply.data.filter(({ code }) => code === 'ASEAN' || code === 'EU')
  const sentence = to.words.rcep(spoken(rcep, url, to))
  if (others.length === 0) return sentence
  const further = to.words.groups(others.map((line) => to.words.market(spoken(line, url, to))))
  return [...sentence, to.words.between, ...further]
}

type Movers = NonNullable<NonNullable<BriefFacts['products']['reply']>['meta']['movers']>['risers']

function moverSentence({ reply, url }: BriefFacts['products'], to: Writer): Pieces {
  const found = reply?.meta.movers
  const moved = (lines: Movers) =>
    lines.slice(0, 3).map((line) => to.words.moved(to.name(line), to.size(line.change, url)))
  return found ? to.words.movers({ up: moved(found.risers), down: moved(found.fallers) }) : []
}

function moverTables({ reply, url }: BriefFacts['products'], to: Writer): Block[] {
  const found = reply?.meta.movers
  if (!found) return []
  const { columns, moverTables: titles } = to.words
  const unit = unitFor(
    [...found.risers, ...found.fallers].flatMap(({ before, after }) => [before, after]),
    { ...to, use: 'table' },
  )
  const tableOf = (title: string, lines: Movers): Block => ({
    kind: 'table',
    title,
    url,
    columns: [
      { name: to.text.how.filters.hs ?? '', kind: 'words' },
      { name: columns.value(unit.label), kind: 'figure' },
      { name: columns.before(unit.label), kind: 'figure' },
      { name: columns.change(unit.label), kind: 'figure' },
    ],
    rows: lines
      .slice(0, inSentence)
      .map((line) => [
        `${line.code} ${to.name(line)}`,
        money(line.after, unit),
        money(line.before, unit),
        signedMoney(line.change, unit),
      ]),
  })
  return [
    ...(found.risers.length > 0 ? [tableOf(titles.up, found.risers)] : []),
    ...(found.fallers.length > 0 ? [tableOf(titles.down, found.fallers)] : []),
  ]
}

/** Lines with the year to date and, where that is something else, the month alone. */
function table(
  lines: readonly Line[],
  alone: StructureReply | null,
  { title, url, to }: { title: string; url: string; to: Writer },
): Block {
  const unit = unitFor(
    lines.map((line) => line.value),
    { ...to, use: 'table' },
  )
  const { columns } = to.words
  const inMonth = to.month.endsWith('-02') ? null : alone
  const monthColumns: Column[] = [
    { name: columns.inMonth(monthOfYear(to.month.slice(5), to.language), unit.label), kind: 'figure' },
    { name: columns.monthYoy, kind: 'figure' },
  ]
  const months = new Map(inMonth?.data.map((line) => [line.code, line]))
  return {
    kind: 'table',
    title,
    url,
    columns: [
      { name: title, kind: 'words' },
      { name: columns.ytd(unit.label), kind: 'figure' },
      { name: columns.share, kind: 'figure' },
      { name: columns.yoy, kind: 'figure' },
      { name: columns.pull, kind: 'figure' },
      ...(inMonth ? monthColumns : []),
    ],
    rows: lines.map((line) => [
      to.name(line),
      money(line.value, unit),
      share(line.share),
      rate(line, to),
      points(line.pull, 2),
      ...(inMonth ? monthCells(months.get(line.code), unit, to) : []),
    ]),
  }
}

function monthCells(line: Line | undefined, unit: ReturnType<typeof unitFor>, to: Writer): string[] {
  return line ? [money(line.value, unit), rate(line, to)] : [missing, missing]
}

function rate(line: Line, to: Writer): string {
  return to.text.structure.entry[line.note ?? ''] ?? growth(line.yoy)
}

function spoken(line: Line, url: string, to: Writer) {
  const entry = to.text.structure.entry[line.note ?? '']
  return {
    name: to.name(line),
    flow: to.flow,
    value: to.money(line.value, url),
    change: entry ? [entry] : to.change(line.yoy, url),
    share: to.share(line.share, url),
    pull: to.pull(line.pull, url),
  }
}

function isLine({ code }: Line): boolean {
  return code !== 'other' && code !== 'unclassified'
}
