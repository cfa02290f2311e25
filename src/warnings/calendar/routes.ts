import { Type } from 'typebox'
import { dateIn } from '../../clock.ts'
import { AppError } from '../../errors.ts'
import type { Api } from '../../http/schema.ts'
import { scheduleFacts } from '../load.ts'
import { caller } from '../mail/subscription-routes.ts'
import { upcomingSunsets } from '../remedies/queries.ts'
import type { WarningDeps } from '../routes.ts'
import { calendarEvents, calendarFeed } from './calendar.ts'
import { dropFeed, feedOf, giveFeed, mayReadFeed } from './feed-queries.ts'
import { CalendarReply, FeedParams, FeedReply, NewFeedReply } from './schema.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']
const feedPath = (token: string) => `/warnings/feeds/${token}/calendar.ics`

/** Publication days and ends of measures in the coming year: as a list, as a file, and as a feed for a calendar program. */
export function calendarRoutes(app: Api, deps: WarningDeps): void {
  const comingYear = async () => {
    const now = deps.clock.now()
    const today = dateIn(deps.config.timeZone, now)
    const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
    const { publications: announced } = scheduleFacts(deps.config)
    const sunsets = await upcomingSunsets(deps.connection.db, today, nextYear)
    return { now, today, nextYear, announced, sunsets }
  }
  app.get('/warnings/calendar', { config, schema: { tags, response: { 200: CalendarReply } } }, async () => {
    const world = await comingYear()
    const data = calendarEvents(world)
    return { data, meta: { rows: data.length, from: world.today, to: world.nextYear } }
  })
  app.get('/warnings/calendar.ics', { config, schema: { tags } }, async (_request, reply) =>
    reply.type(calendarType).send(calendarFeed(await comingYear())),
  )
  app.get(
    feedPath(':token'),
    {
      config: { access: 'public' },
      schema: { tags, summary: 'The calendar for a program that cannot sign in', params: FeedParams },
    },
    async (request, reply) => {
      if (!(await mayReadFeed(deps.connection.db, request.params.token, deps.clock.now())))
        throw new AppError('not-found', 'token: (not shown): of a calendar feed that was not ended')
      return reply
        .type(calendarType)
        .header('cache-control', 'private, no-store')
        .send(calendarFeed(await comingYear()))
    },
  )
  ownFeedRoutes(app, deps)
}

const calendarType = 'text/calendar; charset=utf-8'

function ownFeedRoutes(app: Api, { connection: { db }, clock, config: { publicUrl } }: WarningDeps): void {
  app.get(
    '/warnings/calendar-feed',
    { config, schema: { tags, response: { 200: FeedReply } } },
    async (request) => ({ data: await feedOf(db, caller(request.principal)), meta: {} }),
  )
  app.post(
    '/warnings/calendar-feed',
    {
      config,
      schema: {
        tags,
        summary: 'Get the address of one’s own feed',
        description: 'It is shown once. Whoever has it reads the calendar; an earlier one ends.',
        response: { 201: NewFeedReply },
      },
    },
    async (request, reply) => {
      const token = await giveFeed(db, caller(request.principal), clock.now())
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ data: { address: `${publicUrl}/api/v1${feedPath(token)}` }, meta: {} })
    },
  )
  app.delete(
    '/warnings/calendar-feed',
    { config, schema: { tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await dropFeed(db, caller(request.principal))
      reply.status(204)
      return null
    },
  )
}
