import Big from 'big.js'
import type { BriefFacts } from '../../api-brief.ts'
import { count, money, points, share, signedMoney, unitFor } from '../../format.ts'
import type { Block } from './blocks.ts'
import type { Writer } from './writer.ts'

/** Who traded, who began and stopped, and how much hangs on the largest. */
export function firms({ firms: asked }: BriefFacts, to: Writer): Block[] {
  const { words } = to
  if (asked.reply === null) return [{ kind: 'paragraph', pieces: words.noFigure(words.parts.firms) }]
  const { data, meta } = asked.reply
  if (meta.active === 0) return [{ kind: 'paragraph', pieces: [words.unnamedFirms] }]
  const shown = data.filter((stage) => stage.firms > 0)
  const largestShare = meta.largest.reduce((sum, firm) => sum.plus(firm.share), new Big(0)).toFixed()
  const sentence = words.firmCount({
    flow: to.flowName,
    months: to.months,
    active: to.count(meta.active, asked.url),
    largest: meta.largest.length,
    share: to.share(largestShare, asked.url),
  })
  const stages = shown.map((stage) =>
    words.firmStage(
      words.stages[stage.stage] ?? stage.stage,
      to.count(stage.firms, asked.url),
      to.pull(stage.pull, asked.url),
    ),
  )
  return [
    { kind: 'paragraph', pieces: [...sentence, words.between, ...words.firmStages(stages)] },
    stageTable(shown, asked.url, to),
    firmTable(meta.largest, asked.url, to),
  ]
}

type Firms = NonNullable<BriefFacts['firms']['reply']>

function stageTable(stages: Firms['data'], url: string, to: Writer): Block {
  const { columns } = to.words
  const unit = unitFor(
    stages.flatMap(({ before, after }) => [before, after]),
    { ...to, use: 'table' },
  )
  return {
    kind: 'table',
    title: to.words.stageTable,
    url,
    columns: [
      { name: columns.stage, kind: 'words' },
      { name: columns.firms, kind: 'figure' },
      { name: columns.value(unit.label), kind: 'figure' },
      { name: columns.change(unit.label), kind: 'figure' },
      { name: columns.pull, kind: 'figure' },
    ],
    rows: stages.map((stage) => [
      to.words.stages[stage.stage] ?? stage.stage,
      count(stage.firms),
      money(stage.after, unit),
      signedMoney(stage.change, unit),
      points(stage.pull, 2),
    ]),
  }
}

function firmTable(largest: Firms['meta']['largest'], url: string, to: Writer): Block {
  const unit = unitFor(
    largest.map(({ value }) => value),
    { ...to, use: 'table' },
  )
  return {
    kind: 'table',
    title: to.words.firmTable,
    url,
    columns: [
      { name: to.words.parts.firms, kind: 'words' },
      { name: to.words.columns.value(unit.label), kind: 'figure' },
      { name: to.words.columns.share, kind: 'figure' },
    ],
    rows: largest.map((firm) => [firm.name ?? firm.code, money(firm.value, unit), share(firm.share)]),
  }
}
