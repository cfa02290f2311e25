import { Type } from 'typebox'
import { dateIn } from '../clock.ts'
import { inScope } from '../db/scope.ts'
import type { Api } from '../http/schema.ts'
import { scopeOf } from './access.ts'
import { changeNotice, deleteNotice, listNotices, publishNotice } from './notice-queries.ts'
import { NoticeBody, NoticeReply, NoticesReply } from './notice-schema.ts'
import { PageQuery, readPage } from './page.ts'
import { IdParams } from './people-schema.ts'
import type { FirmDeps } from './record-queries.ts'

const officer = { access: 'officer' } as const
const tags = ['notices']

/** What the bureau tells firms: all of them, or those of a district or a branch. */
export function noticeRoutes(app: Api, deps: FirmDeps): void {
  const { db } = deps.connection
  app.get(
    '/notices',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'A firm sees what is for it and not over, the bureau everything',
        querystring: PageQuery,
        response: { 200: NoticesReply },
      },
    },
    async (request) => {
      const firm = request.principal?.enterpriseId ?? null
      const on = dateIn(deps.config.timeZone, deps.clock.now())
      const reader = firm === null ? null : { enterpriseId: firm, on }
      const page = readPage(request.query)
      const { notices, total, next } = await inScope(db, scopeOf(request.principal), (tx) =>
        listNotices(tx, reader, page),
      )
      return { data: notices, meta: { rows: notices.length, total, next } }
    },
  )
  app.post(
    '/notices',
    { config: officer, schema: { tags, body: NoticeBody, response: { 201: NoticeReply } } },
    async (request, reply) => {
      const by = { author: request.principal?.name ?? '', now: deps.clock.now() }
      const data = await publishNotice(db, request.body, by)
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.put(
    '/notices/:id',
    { config: officer, schema: { tags, params: IdParams, body: NoticeBody, response: { 200: NoticeReply } } },
    async (request) => ({ data: await changeNotice(db, request.params.id, request.body), meta: {} }),
  )
  app.delete(
    '/notices/:id',
    { config: officer, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await deleteNotice(db, request.params.id)
      reply.status(204)
      return null
    },
  )
}
