import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Connection, Database } from '../db/connect.ts'
import { inScope } from '../db/scope.ts'
import { scopeFor } from '../enterprises/access.ts'
import { findEnterprise } from '../enterprises/firm-queries.ts'
import { EnterpriseParams } from '../enterprises/record-schema.ts'
import { loadGrowth, loadStructure, type ReadFigures } from '../indicators/load-answers.ts'
import { exposures } from '../warnings/exposure-queries.ts'
import { listWarnings } from '../warnings/list-queries.ts'
import { listRules } from '../warnings/queries.ts'
import type { ExposedEnterprise } from '../warnings/schema.ts'
import { OwnWarningsReply, TradeQuery, TradeReply } from './own-schema.ts'
import type { Api } from './schema.ts'

interface OwnDeps {
  connection: Connection
  clock: Clock
}

const config = { access: 'signed-in' } as const
const tags = ['enterprises']
const linesShown = 20

/**
 * What the trade and the warnings say about one firm. Figures are read in its scope, where the database shows nothing but its own
 * rows, whoever asks.
 */
export function ownRoutes(app: Api, { connection: { db }, clock }: OwnDeps): void {
  app.get(
    '/enterprises/:enterprise/trade',
    {
      config,
      schema: {
        tags,
        summary: 'Own trade by month, and this year to date by product and partner',
        params: EnterpriseParams,
        querystring: TradeQuery,
        response: { 200: TradeReply },
      },
    },
    async (request) => {
      const { enterprise } = request.params
      scopeFor(request.principal, enterprise)
      await findEnterprise(db, enterprise)
      return await tradeOf(db, { enterprise, ...request.query }, clock.now())
    },
  )
  app.get(
    '/enterprises/:enterprise/warnings',
    {
      config,
      schema: {
        tags,
        summary: 'Open warnings about what the firm trades in',
        params: EnterpriseParams,
        response: { 200: OwnWarningsReply },
      },
    },
    async (request) => {
      const { enterprise } = request.params
      scopeFor(request.principal, enterprise)
      await findEnterprise(db, enterprise)
      const data = await warningsFor(db, enterprise, clock.now())
      return { data, meta: { rows: data.length } }
    },
  )
}

async function tradeOf(
  db: Database,
  asked: { enterprise: string; flow?: 'export' | 'import'; currency?: 'USD' | 'CNY' },
  now: Date,
): Promise<TradeReply> {
  const { flow = 'export', enterprise } = asked
  const dataset = await datasetNamingFirms(db, flow)
  const none = { flow, currency: null, period: null, total: null, yoy: null, vintage: null }
  if (dataset === null) return { data: null, meta: none }
  const query = { ...asked, flow, dataset }
  const read: ReadFigures = (work) => inScope(db, enterprise, work)
  const growth = await loadGrowth(db, query, now, read)
  const products = await loadStructure(db, { ...query, by: 'hs8', top: linesShown }, now, read)
  const partners = await loadStructure(db, { ...query, by: 'partner', top: linesShown }, now, read)
  const { currency, period, total, yoy, vintage } = products.meta
  return {
    data: { months: growth.data, products: products.data, partners: partners.data },
    meta: { flow, currency, period, total, yoy, vintage },
  }
}

/** The dataset of a Chinese source with the newest months whose rows name enterprises; null when there is none. */
async function datasetNamingFirms(db: Database, flow: string): Promise<string | null> {
  const { rows } = await sql<{ dataset: string }>`
    select s.dataset from slice s
    where s.flow = ${flow} and s.superseded_at is null and s.dataset in ('customs-cn', 'declaration-cn')
      and exists (select from trade_rollup r where r.slice_id = s.id and r.dims = 'enterprise')
    order by s.period desc, s.dataset limit 1`.execute(db)
  return rows[0]?.dataset ?? null
}

async function warningsFor(db: Database, enterprise: string, now: Date): Promise<OwnWarningsReply['data']> {
  const open = await listWarnings(db, { state: 'open', limit: 100_000 })
  const rules = new Map((await listRules(db)).map((stored) => [stored.rule.id, stored.rule]))
  const own = new Map<number, ExposedEnterprise>()
  await inScope(db, enterprise, async (tx) => {
    for (const [ruleId, warnings] of Map.groupBy(open, (warning) => warning.rule.id)) {
      const known = rules.get(ruleId)
      if (!known) continue
      const found = await exposures(tx, known, { warnings, asOf: now })
      for (const [warningId, { enterprises }] of found) {
        const mine = enterprises.find((one) => one.id === enterprise)
        if (mine) own.set(warningId, mine)
      }
    }
  })
  return open.flatMap(({ id, rule, flow, currency, labels, period, firedPeriod }) => {
    const mine = own.get(id)
    if (!mine) return []
    return [{ id, rule, flow, currency, labels, period, firedPeriod, value: mine.value, base: mine.base }]
  })
}
