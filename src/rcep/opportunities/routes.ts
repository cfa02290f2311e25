import { dateIn } from '../../clock.ts'
import { invalid } from '../../errors.ts'
import type { Api } from '../../http/schema.ts'
import { inFormat } from '../../sheet.ts'
import { readExchanges } from '../advice/question.ts'
import type { AdviceLanguage } from '../advice/text.ts'
import { cellSheet } from '../sheets.ts'
import type { TariffDeps } from '../tariff-routes.ts'
import { enterpriseOf } from './access.ts'
import { cityAnswer, firmAnswer, type OpportunityQuestion } from './answer.ts'
import type { TradeCurrency, TradeFlow } from './queries.ts'
import { LedgerQuery, LedgerReply, OpportunitiesQuery, OpportunitiesReply } from './schema.ts'

interface Asked {
  on?: string
  flow?: TradeFlow
  currency?: TradeCurrency
  exchange?: string[]
  language?: AdviceLanguage
}

const zone = 'Asia/Shanghai'
const rowsShown = 200

/** What a firm could save with every Party, and the city's ledger of trade eligible for a lower rate. */
export function opportunityRoutes(app: Api, { connection, clock }: TariffDeps): void {
  app.get(
    '/rcep/opportunities',
    {
      config: { access: 'signed-in' },
      schema: {
        summary:
          "A firm's products with all fourteen Parties: rates, the better one, what it saves at its own trade",
        querystring: OpportunitiesQuery,
        response: { 200: OpportunitiesReply },
      },
    },
    async (request, reply) => {
      const enterprise = enterpriseOf(request.query.enterprise, request.principal ?? null)
      if (enterprise === null) throw invalid('enterprise', '', 'the registration code of a firm')
      const ask = questionOf(request.query, clock.now())
      const answer = await firmAnswer(connection.db, ask, enterprise)
      return inFormat({ request, reply }, { answer, ...sheetOf(answer, 'opportunities') })
    },
  )
  app.get(
    '/rcep/ledger',
    {
      config: { access: 'officer' },
      schema: {
        summary: "The city's trade for which an RCEP rate is below the general one, with the duty at stake",
        querystring: LedgerQuery,
        response: { 200: LedgerReply },
      },
    },
    async (request, reply) => {
      const { top = rowsShown, ...query } = request.query
      const answer = await cityAnswer(connection.db, questionOf(query, clock.now()), { top })
      return inFormat({ request, reply }, { answer, ...sheetOf(answer, 'ledger') })
    },
  )
}

type Answered = Awaited<ReturnType<typeof firmAnswer>> | Awaited<ReturnType<typeof cityAnswer>>

function sheetOf({ data, meta }: Answered, name: 'opportunities' | 'ledger') {
  const title = name === 'ledger' ? 'RCEP 可享惠台账' : 'RCEP 机会'
  const options = { title, currency: meta.currency, notes: meta.notes }
  return { name, sheet: () => cellSheet(data.cells, options) }
}

function questionOf(asked: Asked, now: Date): OpportunityQuestion {
  const { on, flow = 'export', currency = 'USD', exchange = [], language = 'zh' } = asked
  const exchanges = readExchanges({ exchanges: exchange, currency })
  return { on: on ?? dateIn(zone, now), asOf: now, flow, currency, exchange: exchanges, language }
}
