import { Type } from 'typebox'
import { dateIn } from '../clock.ts'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { calendarFeed } from './calendar.ts'
import { addSilence, assessment, endSilence, listSilences } from './follow-up-queries.ts'
import { upcomingSunsets } from './remedy-queries.ts'
import type { WarningDeps } from './routes.ts'
import {
  AssessmentQuery,
  AssessmentReply,
  IdParams,
  SilenceBody,
  SilenceReply,
  SilencesReply,
} from './schema.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']
const longestSilenceMs = 366 * 86_400_000

/** Silences, the yearly count and the calendar; for officers. */
export function followUpRoutes(app: Api, deps: WarningDeps): void {
  silenceRoutes(app, deps)
  const { db } = deps.connection
  const timeZone = deps.config?.timeZone ?? 'Asia/Shanghai'
  app.get(
    '/warnings/assessment',
    { config, schema: { tags, querystring: AssessmentQuery, response: { 200: AssessmentReply } } },
    async (request) => {
      const { year } = request.query
      const { rows, mailsSent } = await assessment(db, year, timeZone)
      return { data: rows, meta: { rows: rows.length, year, mailsSent } }
    },
  )
  app.get('/warnings/calendar.ics', { config, schema: { tags } }, async (_request, reply) => {
    const now = deps.clock.now()
    const today = dateIn(timeZone, now)
    const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
    const feed = calendarFeed({ today, nextYear, now, sunsets: await upcomingSunsets(db, today, nextYear) })
    return reply.type('text/calendar; charset=utf-8').send(feed)
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
