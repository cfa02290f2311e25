import { Type } from 'typebox'
import { inScope } from '../db/scope.ts'
import type { Api } from '../http/schema.ts'
import { inFormat, type Sheet } from '../sheet.ts'
import { everyEnterprise, scopeOf } from './access.ts'
import { cancelEvent, changeEvent, listEvents, listSignUps, publishEvent } from './event-queries.ts'
import {
  EventBody,
  EventReply,
  EventsReply,
  SignUpBody,
  type SignUpRow,
  SignUpsQuery,
  SignUpsReply,
} from './notice-schema.ts'
import { PageQuery, readPage } from './page.ts'
import { IdParams } from './people-schema.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import { RecordParams } from './record-schema.ts'
import { signUp, withdraw } from './sign-up-queries.ts'
import { signUpHeadings } from './text.ts'

const officer = { access: 'officer' } as const
const self = { access: 'signed-in' } as const
const tags = ['events']

/** Training events: published and counted by the bureau, signed up for by firms. */
export function eventRoutes(app: Api, deps: FirmDeps): void {
  const { db } = deps.connection
  app.get(
    '/events',
    {
      config: self,
      schema: {
        tags,
        summary: 'A firm sees the events for it with its own sign-up, the bureau all',
        querystring: PageQuery,
        response: { 200: EventsReply },
      },
    },
    async (request) => {
      const reader = { enterpriseId: request.principal?.enterpriseId ?? null, now: deps.clock.now() }
      const page = readPage(request.query)
      const { events, open, next } = await inScope(db, scopeOf(request.principal), (tx) =>
        listEvents(tx, reader, page),
      )
      return { data: events, meta: { rows: events.length, open, next } }
    },
  )
  app.post(
    '/events',
    { config: officer, schema: { tags, body: EventBody, response: { 201: EventReply } } },
    async (request, reply) => {
      const by = { author: request.principal?.name ?? '', now: deps.clock.now() }
      return reply.status(201).send({ data: await publishEvent(db, request.body, by), meta: {} })
    },
  )
  app.put(
    '/events/:id',
    { config: officer, schema: { tags, params: IdParams, body: EventBody, response: { 200: EventReply } } },
    async (request) => ({
      data: await changeEvent(db, request.params.id, request.body, deps.clock.now()),
      meta: {},
    }),
  )
  app.delete(
    '/events/:id',
    {
      config: officer,
      schema: { tags, summary: 'Cancels it', params: IdParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await cancelEvent(db, request.params.id, deps.clock.now())
      reply.status(204)
      return null
    },
  )
  signUpRoutes(app, deps)
}

function signUpRoutes(app: Api, deps: FirmDeps): void {
  app.get(
    '/events/:id/sign-ups',
    {
      config: officer,
      schema: { tags, params: IdParams, querystring: SignUpsQuery, response: { 200: SignUpsReply } },
    },
    async (request, reply) => {
      const { title, rows } = await inScope(deps.connection.db, everyEnterprise, (tx) =>
        listSignUps(tx, request.params.id),
      )
      const people = rows.reduce((sum, row) => sum + row.people, 0)
      const answer = { data: rows, meta: { rows: rows.length, event: title, people } }
      const name = `sign-ups-${request.params.id}`
      return inFormat({ request, reply }, { answer, name, sheet: () => signUpSheet(title, rows) })
    },
  )
  app.put(
    '/enterprises/:enterprise/sign-ups/:id',
    {
      config: self,
      schema: { tags, params: RecordParams, body: SignUpBody, response: { 200: EventReply } },
    },
    async (request) => {
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        signUp(tx, { enterpriseId, id: request.params.id }, request.body, deps.clock.now()),
      )
      return { data, meta: {} }
    },
  )
  app.delete(
    '/enterprises/:enterprise/sign-ups/:id',
    { config: self, schema: { tags, params: RecordParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await onRecords(deps, request, (tx, enterpriseId) =>
        withdraw(tx, { enterpriseId, id: request.params.id }, deps.clock.now()),
      )
      reply.status(204)
      return null
    },
  )
}

function signUpSheet(title: string, rows: readonly SignUpRow[]): Sheet {
  return {
    title,
    headings: [...signUpHeadings],
    rows: rows.map((row) => [
      row.enterpriseId,
      row.enterprise,
      row.people,
      row.contact,
      row.phone,
      row.signedUpAt,
    ]),
    notes: [],
  }
}
