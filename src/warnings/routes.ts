import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import type { MailCatcher } from '../mail-catcher.ts'
import { backtestRule } from './backtest-queries.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { detailRoutes } from './detail-routes.ts'
import { exposures } from './exposure-queries.ts'
import { followUpRoutes } from './follow-up-routes.ts'
import { acknowledge, countWarnings, findWarning, listWarnings } from './list-queries.ts'
import { mailRoutes } from './mail/mail-routes.ts'
import type { ScheduleConfig } from './mail/schedule-queries.ts'
import { subscriptionRoutes } from './mail/subscription-routes.ts'
import { unsubscribeRoutes } from './mail/unsubscribe-routes.ts'
import { addRule, changeRule, deleteRule, findRule, listRules } from './queries.ts'
import { remedyRoutes } from './remedies/routes.ts'
import { checkBreakdown, Rule } from './rule.ts'
import {
  AcknowledgeBody,
  BacktestBody,
  BacktestReply,
  ExposedReply,
  IdParams,
  RuleParams,
  RuleReply,
  RulesReply,
  WarningReply,
  WarningsQuery,
  WarningsReply,
} from './schema.ts'

export interface WarningDeps {
  connection: Connection
  clock: Clock
  config: ScheduleConfig & Pick<Config, 'publicUrl'>
  /** Set in the demo only: the mails it caught can be read. */
  inbox: MailCatcher | null
}

const config = { access: 'officer' } as const
const tags = ['warnings']

/** Warnings, their rules, whom they concern, and what was mailed; for officers. */
export function warningRoutes(app: Api, deps: WarningDeps): void {
  stateRoutes(app, deps)
  ruleRoutes(app, deps)
  mailRoutes(app, deps)
  detailRoutes(app, deps)
  followUpRoutes(app, deps)
  calendarRoutes(app, deps)
  remedyRoutes(app, deps)
  subscriptionRoutes(app, deps)
  unsubscribeRoutes(app, deps)
}

function stateRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  app.get(
    '/warnings',
    { config, schema: { tags, querystring: WarningsQuery, response: { 200: WarningsReply } } },
    async (request) => {
      const { state = 'open', limit = 200 } = request.query
      const data = await listWarnings(db, { state, limit })
      return { data, meta: { rows: data.length, counts: await countWarnings(db) } }
    },
  )
  app.get(
    '/warnings/:id/exposed-enterprises',
    { config, schema: { tags, params: IdParams, response: { 200: ExposedReply } } },
    async (request) => {
      const { warning, rule } = await findWarning(db, request.params.id)
      const found = await exposures(db, rule, { warnings: [warning], asOf: clock.now() })
      const data = [...(found.get(warning.id)?.enterprises ?? [])]
      return { data, meta: { rows: data.length, period: warning.period, currency: warning.currency } }
    },
  )
  app.post(
    '/warnings/:id/acknowledge',
    { config, schema: { tags, params: IdParams, body: AcknowledgeBody, response: { 200: WarningReply } } },
    async (request) => {
      const by = request.principal?.name ?? ''
      const { note, owner = by } = request.body
      const taken = { by, owner, note, now: clock.now() }
      return { data: await acknowledge(db, request.params.id, taken), meta: {} }
    },
  )
}

function ruleRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  app.get('/warnings/rules', { config, schema: { tags, response: { 200: RulesReply } } }, async () => {
    const data = (await listRules(db)).map(({ rule, evaluatedThrough }) => ({ ...rule, evaluatedThrough }))
    return { data, meta: { rows: data.length } }
  })
  app.get(
    '/warnings/rules/:id',
    { config, schema: { tags, params: RuleParams, response: { 200: RuleReply } } },
    async (request) => ({ data: await findRule(db, request.params.id), meta: {} }),
  )
  app.post(
    '/warnings/rules',
    { config, schema: { tags, body: Rule, response: { 201: RuleReply } } },
    async (request, reply) => {
      checkBreakdown(request.body)
      await addRule(db, request.body, clock.now())
      return reply.status(201).send({ data: request.body, meta: {} })
    },
  )
  app.post(
    '/warnings/rules/backtest',
    { config, schema: { tags, body: BacktestBody, response: { 200: BacktestReply } } },
    async (request) => {
      const { rule, periods, budget = null } = request.body
      checkBreakdown(rule)
      return { data: await backtestRule(db, rule, { periods, budget, now: clock.now() }), meta: {} }
    },
  )
  app.put(
    '/warnings/rules/:id',
    { config, schema: { tags, params: RuleParams, body: Rule, response: { 200: RuleReply } } },
    async (request) => {
      const { id } = request.params
      if (request.body.id !== id)
        throw invalid('id', request.body.id, `${id}, as in the address: an id never changes`)
      checkBreakdown(request.body)
      await changeRule(db, request.body, clock.now())
      return { data: request.body, meta: {} }
    },
  )
  app.delete(
    '/warnings/rules/:id',
    { config, schema: { tags, params: RuleParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await deleteRule(db, request.params.id)
      reply.status(204)
      return null
    },
  )
}
