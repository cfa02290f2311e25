import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import type { Api, Principal } from '../http/schema.ts'
import { readReference } from '../reference/load.ts'
import type { Reference } from '../reference/parse.ts'
import { answer } from './advice/answer.ts'
import { type RawQuestion, readQuestion } from './advice/question.ts'
import type { AdviceLanguage } from './advice/text.ts'
import type { Advice } from './advice/types.ts'
import { enterpriseOf } from './opportunities/access.ts'
import { AdviceBody, AdviceQuery, AdviceReply, TariffsQuery, TariffsReply } from './schema.ts'
import { inFormat, rateSheet } from './sheets.ts'

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
  let reference: Reference | null = null
  const ask = async (asked: Asked, principal: Principal | null): Promise<Advice> => {
    const { language = 'zh', quantity, exchange, bom = null, ...raw } = asked
    reference ??= readReference()
    const enterprise = enterpriseOf(raw.enterprise, principal)
    const question = readQuestion({ ...raw, quantities: quantity, exchanges: exchange }, reference)
    return answer(connection.db, reference, question, { bill: bom, language, enterprise, asOf: clock.now() })
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
