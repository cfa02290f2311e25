import { Type } from 'typebox'
import { dateIn } from '../clock.ts'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { addSilence, assessment, endSilence, listSilences } from './follow-up-queries.ts'
import { scheduleFacts } from './load.ts'
import { scheduleState } from './mail/schedule-queries.ts'
import { isKnownYear } from './mail/working-days.ts'
import type { WarningDeps } from './routes.ts'
import {
  AssessmentQuery,
  AssessmentReply,
  IdParams,
  ScheduleReply,
  SilenceBody,
  SilenceReply,
  SilencesReply,
} from './schema.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']
const longestSilenceMs = 366 * 86_400_000

/** Silences, the yearly count and when digests come; for officers. */
export function followUpRoutes(app: Api, deps: WarningDeps): void {
  silenceRoutes(app, deps)
  assessmentRoute(app, deps)
  scheduleRoute(app, deps)
}

function assessmentRoute(app: Api, deps: WarningDeps): void {
  const { timeZone } = deps.config
  app.get(
    '/warnings/assessment',
    { config, schema: { tags, querystring: AssessmentQuery, response: { 200: AssessmentReply } } },
    async (request) => {
      const { year } = request.query
      const { rows, mailsSent } = await assessment(deps.connection.db, year, timeZone)
      return { data: rows, meta: { rows: rows.length, year, mailsSent } }
    },
  )
}

function scheduleRoute(app: Api, { connection: { db }, clock, config: facts }: WarningDeps): void {
  app.get('/warnings/schedule', { config, schema: { tags, response: { 200: ScheduleReply } } }, async () => {
    const now = clock.now()
    const { lastRun, next } = await scheduleState(db, facts, now)
    const { working } = scheduleFacts(facts)
    const year = Number(dateIn(facts.timeZone, now).slice(0, 4))
    const data = {
      schedule: facts.warningSchedule,
      timeZone: facts.timeZone,
      next: next?.toISOString() ?? null,
      lastRun: lastRun?.toISOString() ?? null,
      workingDays: [year, year + 1].map((one) => ({ year: one, known: isKnownYear(working, String(one)) })),
    }
    return { data, meta: {} }
  })
}

function silenceRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  app.get('/warnings/silences', { config, schema: { tags, response: { 200: SilencesReply } } }, async () => {
    const data = await listSilences(db, clock.now())
    return { data, meta: { rows: data.length } }
  })
  app.post(
    '/warnings/silences',
    { config, schema: { tags, body: SilenceBody, response: { 201: SilenceReply } } },
    async (request, reply) => {
      const { matchers, note } = request.body
      const now = clock.now()
      const endsAt = new Date(request.body.endsAt)
      const length = endsAt.getTime() - now.getTime()
      if (!(length > 0 && length <= longestSilenceMs))
        throw invalid('endsAt', request.body.endsAt, 'an instant within a year from now')
      const by = request.principal?.name ?? ''
      const id = await addSilence(db, { matchers, endsAt, note, by }, now)
      return reply.status(201).send({ data: { id }, meta: {} })
    },
  )
  app.delete(
    '/warnings/silences/:id',
    { config, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await endSilence(db, request.params.id, clock.now())
      reply.status(204)
      return null
    },
  )
}
