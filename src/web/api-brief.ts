import { useQuery } from '@tanstack/react-query'
import type { Type } from 'typebox'
import type { Problem } from '../http/schema.ts'
import type { DecompositionReply, FirmsReply } from '../indicators/analysis-schema.ts'
import type { GrowthReply, StructureReply } from '../indicators/schema.ts'
import type { WarningsReply } from '../warnings/schema.ts'
import type { Flow } from './api.ts'
import type { Currency } from './format.ts'
import { address, ask, RequestError } from './http.ts'

export interface BriefSelection {
  /** YYYY-MM; February stands for the first two months. */
  month: string
  flow: Flow
  currency: Currency
}

/** An answer with its query; an answer that was refused has the reason instead. */
export type Sourced<Reply> =
  | { url: string; reply: Reply; refused: null }
  | { url: string; reply: null; refused: Partial<Problem> }

interface Replies {
  total: GrowthReply
  exports: GrowthReply
  imports: GrowthReply
  balance: GrowthReply
  partners: StructureReply
  partnersInMonth: StructureReply
  regions: StructureReply
  chapters: StructureReply
  chaptersInMonth: StructureReply
  products: DecompositionReply
  forms: StructureReply
  firms: FirmsReply
  warnings: Type.Static<typeof WarningsReply>
}

/** Everything a brief is made of. */
export type BriefFacts = { [Name in keyof Replies]: Sourced<Replies[Name]> }

/** The queries of a brief, by name: the year to the month, and the month by itself. */
export function briefQueries({ month, flow, currency }: BriefSelection): Record<keyof Replies, string> {
  const year = Number(month.slice(0, 4))
  const monthOnly = month.slice(5)
  const from = `${year}-01`
  const spans = { current: `${from}..${month}`, base: `${year - 1}-01..${year - 1}-${monthOnly}` }
  const growth = (of: string) =>
    address('/indicators/growth', { flow: of, currency, from: `${year - 1}-01`, to: month })
  const structure = (by: string, since: string, top: number) =>
    address('/indicators/structure', { flow, currency, from: since, to: month, by, top })
  const alone = monthOnly === '02' ? from : month
  return {
    total: growth('total'),
    exports: growth('export'),
    imports: growth('import'),
    balance: growth('balance'),
    partners: structure('partner', from, 300),
    partnersInMonth: structure('partner', alone, 300),
    regions: structure('region', from, 20),
    chapters: structure('hs2', from, 100),
    chaptersInMonth: structure('hs2', alone, 100),
    products: address('/indicators/decomposition', {
      method: 'contribution',
      flow,
      currency,
      ...spans,
      top: 5,
    }),
    forms: structure('form', from, 20),
    firms: address('/indicators/firms', { flow, currency, ...spans }),
    warnings: address('/warnings', { state: 'open', limit: 1000 }),
  }
}

/** The answers a brief is made of; nothing is asked until the month is known. An answer of another month is never shown meanwhile. */
export function useBriefFacts(selection: BriefSelection) {
  const queries = briefQueries(selection)
  return useQuery({
    queryKey: ['brief', ...Object.values(queries)],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        Object.entries(queries).map(async ([name, url]) => [name, await sourced(url, signal)]),
      )
      return Object.fromEntries(answers) as BriefFacts
    },
    enabled: selection.month !== '',
  })
}

/** What cannot be answered (a year that was not loaded) is said in the brief; any other failure is a failure of the brief. */
async function sourced(url: string, signal: AbortSignal): Promise<Sourced<unknown>> {
  try {
    return { url, reply: await ask(url, { signal }), refused: null }
  } catch (error) {
    if (error instanceof RequestError && (error.status === 400 || error.status === 404))
      return { url, reply: null, refused: error.problem }
    throw error
  }
}
