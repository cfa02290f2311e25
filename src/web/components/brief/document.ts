import type { BriefFacts } from '../../api-brief.ts'
import { day, month, partsOf } from '../../format.ts'
import type { Block, BriefDocument } from './blocks.ts'
import { firms } from './firms.ts'
import { forms, markets, products } from './lines.ts'
import { notes } from './notes.ts'
import { overall } from './overall.ts'
import { warnings } from './warnings.ts'
import { type Reader, writer } from './writer.ts'

export interface DataState {
  /** Last month of the city's data. */
  last: string
  /** Months of the flow that a later file replaced. */
  revised: string[]
  /** Whether the figures are invented: then the paper says so too. */
  isSample: boolean
}

/** The brief of a month, from its answers alone. */
export function briefDocument(facts: BriefFacts, reader: Reader, state: DataState): BriefDocument {
  const to = writer(reader)
  const { words } = to
  const since = Number(reader.month.slice(0, 4)) - 1
  const revised = state.revised.filter((each) => Number(each.slice(0, 4)) >= since && each <= reader.month)
  const parts: [keyof typeof words.parts, Block[]][] = [
    ['overall', overall(facts, to, revised)],
    ['markets', markets(facts, to)],
    ['products', products(facts, to)],
    ['forms', forms(facts, to)],
    ['firms', firms(facts, to)],
    ['warnings', warnings(facts, state.last, to)],
    ['notes', [notes(facts, to, revised)]],
  ]
  return {
    title: words.title(monthName(reader), to.flowName),
    basis: [
      words.basis({ last: month(state.last, reader.language), ...dates(facts) }),
      ...(state.isSample ? [reader.text.sample] : []),
    ].join(reader.text.stop),
    blocks: parts.flatMap(([name, blocks], index) => [
      { kind: 'heading', text: words.numbered(index + 1, words.parts[name]) },
      ...blocks,
    ]),
  }
}

/** "2026 年 10 月", and of February "2026 年 1–2 月". */
export function monthName({ month: chosen, language }: Pick<Reader, 'month' | 'language'>): string {
  return month(partsOf(chosen).first === 2 ? `${chosen.slice(0, 4)}-01/02` : chosen, language)
}

function dates({ exports, imports, total }: BriefFacts): { loaded: string; written: string } {
  const metas = [exports, imports, total].flatMap(({ reply }) => (reply ? [reply.meta] : []))
  const latest = (instants: string[]) => instants.toSorted().at(-1)
  const shown = (instant: string | undefined) => (instant === undefined ? '—' : day(instant))
  return {
    loaded: shown(latest(metas.map(({ vintage }) => vintage))),
    written: shown(latest(metas.map(({ asOf }) => asOf))),
  }
}
