import type { Api } from '../http/schema.ts'
import { evaluatedThrough, warningDetail, warningHistory } from './detail-queries.ts'
import { BandQuery, HistoryReply, OneWarningReply, SeriesReply } from './detail-schema.ts'
import { activeSilences } from './follow-up-queries.ts'
import { findWarning } from './list-queries.ts'
import type { WarningDeps } from './routes.ts'
import type { Rule } from './rule.ts'
import { IdParams } from './schema.ts'
import { silencedIds } from './silence.ts'
import { type BandMethod, bandCoverage } from './statistics.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']

/** One warning: how it stands, its series with a forecast band, and what happened to it. */
export function detailRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  app.get(
    '/warnings/:id',
    { config, schema: { tags, params: IdParams, response: { 200: OneWarningReply } } },
    async (request) => {
      const { warning } = await findWarning(db, request.params.id)
      const silenced = silencedIds([warning], await activeSilences(db, clock.now())).has(warning.id)
      return {
        data: warning,
        meta: { evaluatedThrough: await evaluatedThrough(db, warning.rule.id), silenced },
      }
    },
  )
  app.get(
    '/warnings/:id/series',
    {
      config,
      schema: { tags, params: IdParams, querystring: BandQuery, response: { 200: SeriesReply } },
    },
    async (request) => {
      const found = await findWarning(db, request.params.id)
      const { rule } = found
      const method = request.query.band ?? bandOfRule(rule)
      const { points, inside, banded } = await warningDetail(db, found, { method, now: clock.now() })
      const [lead] = rule.conditions
      const meta = {
        rows: points.length,
        currency: rule.selector.currency,
        measure: lead?.measure ?? 'yoy',
        comparison: lead?.comparison ?? 'above',
        threshold: lead?.threshold ?? '0',
        floor: rule.floor,
        band: {
          method,
          coverage: bandCoverage,
          observed: banded === 0 ? null : inside / banded,
          points: banded,
        },
      }
      return { data: points, meta }
    },
  )
  app.get(
    '/warnings/:id/history',
    { config, schema: { tags, params: IdParams, response: { 200: HistoryReply } } },
    async (request) => {
      const { warning } = await findWarning(db, request.params.id)
      const data = await warningHistory(db, warning.id)
      return { data, meta: { rows: data.length } }
    },
  )
}

/** The band the rule is about, where it is about one. */
function bandOfRule({ conditions }: Rule): BandMethod {
  return conditions.some(({ measure }) => measure === 'smoothedBand') ? 'smoothed' : 'naive'
}
