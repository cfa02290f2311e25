import { type Clock, dateIn } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import type { Api, Principal } from '../http/schema.ts'
import { inFormat } from '../sheet.ts'
import { answer } from './advice/answer.ts'
import { type RawQuestion, readQuestion } from './advice/question.ts'
import { rateRow } from './advice/rate-table.ts'
import type { AdviceLanguage } from './advice/text.ts'
import type { Advice } from './advice/types.ts'
import { knownFacts } from './facts-load.ts'
import { enterpriseOf } from './opportunities/access.ts'
import { parties } from './parties.ts'
import {
  AdviceBody,
  AdviceQuery,
  AdviceReply,
  RateTableQuery,
  RateTableReply,
  TariffsQuery,
  TariffsReply,
} from './schema.ts'
import { rateSheet, rateTableSheet } from './sheets.ts'

const zone = 'Asia/Shanghai'

export interface TariffDeps {
  connection: Connection
  clock: Clock
}

type Asked = RawQuestion & {
  language?: AdviceLanguage
  quantity?: string[]
  exchange?: string[]
  bom?: unknown
  enterprise?: string
}

/** Rates of duty, and advice on a trade between two Parties. */
export function tariffRoutes(app: Api, { connection, clock }: TariffDeps): void {
  const ask = async (asked: Asked, principal: Principal | null): Promise<Advice> => {
    const { language = 'zh', quantity, exchange, bom = null, ...raw } = asked
    const enterprise = enterpriseOf(raw.enterprise, principal)
    const facts = await knownFacts(connection.db)
    const question = readQuestion({ ...raw, quantities: quantity, exchanges: exchange }, facts.reference)
    return answer(connection.db, facts, question, { bill: bom, language, enterprise, asOf: clock.now() })
  }
  app.get(
    '/rcep/tariffs',
    {
      config: { access: 'signed-in' },
      schema: { querystring: TariffsQuery, response: { 200: TariffsReply } },
    },
    async (request, reply) => {
      const { importer, exporter, format: _, ...rest } = request.query
      const { product, from, to, on, rates, base, byYear, missing } = await ask(
        { ...rest, from: exporter, to: importer },
        null,
      )
      const asked = missing.filter(({ code }) => code !== 'bill-of-materials')
      const data = { product, from, to, on, rates, base, byYear, missing: asked }
      const sheet = () => rateSheet(rates, `${product.hs} ${from}-${to} ${on}`)
      return inFormat(
        { request, reply },
        { answer: { data, meta: metaOf(rates, on) }, sheet, name: 'tariffs' },
      )
    },
  )
  app.get(
    '/rcep/rate-table',
    {
      config: { access: 'signed-in' },
      schema: {
        summary:
          'One product at all fourteen Parties: the rates of every year, the best, and when it changes',
        querystring: RateTableQuery,
        response: { 200: RateTableReply },
      },
    },
    async (request, reply) => {
      const { flow = 'export', on = dateIn(zone, clock.now()), format: _, ...rest } = request.query
      const partners = parties.filter((party) => party !== 'CN')
      const found = await Promise.all(
        partners.map((partner) => {
          const [from, to] = flow === 'export' ? ['CN', partner] : [partner, 'CN']
          return ask({ ...rest, on, from, to }, null)
        }),
      )
      const rows = found.map((advice, index) => rateRow(advice, partners[index] ?? ''))
      const [first] = found
      if (!first) throw new RangeError('there are Parties')
      const data = { product: first.product, rows }
      const sheet = () => rateTableSheet(rows, `${first.product.hs} ${on}`)
      const meta = { rows: rows.length, on, flow }
      return inFormat({ request, reply }, { answer: { data, meta }, sheet, name: 'rates' })
    },
  )
  app.get(
    '/rcep/advice',
    {
      config: { access: 'signed-in' },
      schema: { querystring: AdviceQuery, response: { 200: AdviceReply } },
    },
    async (request) => replyWith(await ask(request.query, request.principal)),
  )
  app.post(
    '/rcep/advice',
    {
      config: { access: 'signed-in' },
      schema: { body: AdviceBody, response: { 200: AdviceReply } },
    },
    async (request) => replyWith(await ask(request.body, request.principal)),
  )
}

function replyWith(advice: Advice) {
  return { data: advice, meta: metaOf(advice.rates, advice.on) }
}

function metaOf(rates: readonly unknown[], asOf: string) {
  return { rows: rates.length, asOf }
}
