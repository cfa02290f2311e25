import type { BriefFacts } from '../../api-brief.ts'
import { growth, money, month, monthOfYear, unitFor, yearToDate } from '../../format.ts'
import { joined, type Pieces } from '../../pieces.ts'
import { monthlyOption } from '../MonthlyChart.tsx'
import type { Block } from './blocks.ts'
import type { Writer } from './writer.ts'

/** Total trade, the flow of the brief in its month, and month by month. */
export function overall(facts: BriefFacts, to: Writer, revised: string[]): Block[] {
  const own = facts[to.flow === 'export' ? 'exports' : 'imports']
  if (own.reply === null) return [{ kind: 'paragraph', pieces: to.words.noFigure(to.words.parts.overall) }]
  const rows = own.reply.data
  const unit = unitFor(
    rows.map((row) => row.ytd),
    { ...to, use: 'table' },
  )
  const chartUnit = unitFor(
    rows.map((row) => row.value),
    { ...to, use: 'figure' },
  )
  const option = monthlyOption({ ...to, rows, unit: chartUnit, revised })
  const thisYear = rows.filter((row) => row.period.startsWith(to.month.slice(0, 4)))
  const { columns } = to.words
  return [
    { kind: 'paragraph', pieces: sentences(facts, to) },
    {
      kind: 'chart',
      title: to.words.monthChart(to.flowName),
      url: own.url,
      label: to.words.monthChart(to.flowName),
      option,
      height: 260,
    },
    {
      kind: 'table',
      title: to.words.monthTable(to.flowName),
      url: own.url,
      columns: [
        { name: columns.period, kind: 'words' },
        { name: columns.value(unit.label), kind: 'figure' },
        { name: columns.yoy, kind: 'figure' },
        { name: columns.ytd(unit.label), kind: 'figure' },
        { name: columns.ytdYoy, kind: 'figure' },
      ],
      rows: thisYear.map((row) => [
        month(row.period, to.language),
        money(row.value, unit),
        growth(row.yoy),
        money(row.ytd, unit),
        growth(row.ytdYoy),
      ]),
    },
  ]
}

function sentences({ total, exports, imports, balance }: BriefFacts, to: Writer): Pieces {
  const own = to.flow === 'export' ? exports : imports
  const all = total.reply?.data.at(-1)
  const [sold, bought, net] = [exports, imports, balance].map(({ reply }) => reply?.data.at(-1))
  const first =
    all && sold && bought && net
      ? to.words.total({
          months: to.months,
          total: to.money(all.ytd, total.url),
          change: to.change(all.ytdYoy, total.url),
          exports: to.money(sold.ytd, exports.url),
          exportsChange: to.change(sold.ytdYoy, exports.url),
          imports: to.money(bought.ytd, imports.url),
          importsChange: to.change(bought.ytdYoy, imports.url),
          surplus: !net.ytd?.startsWith('-'),
          balance: to.size(net.ytd, balance.url),
        })
      : []
  const rows = own.reply?.data ?? []
  return [...first, to.words.between, ...ofTheMonth(rows, own.url, to)]
}

type Rows = NonNullable<BriefFacts['exports']['reply']>['data']

/** January and February are the year so far: there is nothing to add then but the base. */
function ofTheMonth(rows: Rows, url: string, to: Writer): Pieces {
  const [before, row] = [rows.at(-2), rows.at(-1)]
  if (!row) return []
  const twoYears = row.oddBase && row.cagr2 !== null ? to.words.twoYears(to.change(row.cagr2, url)) : []
  if (to.month.endsWith('-02')) return twoYears
  const inMonth = to.words.inMonth({
    month: monthOfYear(to.month.slice(5), to.language),
    flow: to.flowName,
    value: to.money(row.value, url),
    change: to.change(row.yoy, url),
    rolling: to.change(row.rolling3Yoy, url),
  })
  const pace = paceOf(before, row, { url, to })
  return joined(
    [inMonth, pace, twoYears].filter((pieces) => pieces.length > 0),
    to.words.between,
  )
}

function paceOf(
  before: Rows[number] | undefined,
  row: Rows[number],
  { url, to }: { url: string; to: Writer },
): Pieces {
  if (row.ytdYoy === null || !before || before.ytdYoy === null) return []
  const change = (row.ytdYoy - before.ytdYoy) * 100
  const direction = Math.abs(change) < 0.05 ? 0 : change > 0 ? 1 : -1
  return to.words.pace({
    before: yearToDate(before.period, to.language),
    direction,
    points: to.points(change, url),
  })
}
