import { Type } from 'typebox'
import { AppError, invalid } from '../../errors.ts'
import type { Api } from '../../http/schema.ts'
import type { WarningDeps } from '../routes.ts'
import {
  AddressesReply,
  AddressParams,
  BounceReply,
  IdParams,
  InboxReply,
  MailReply,
  MailsQuery,
  MailsReply,
  PageQuery,
} from '../schema.ts'
import { listBounced, takeBounce, unmarkBounced } from './bounce-queries.ts'
import { readBounce } from './bounce-read.ts'
import { findMail, listMails } from './mail-queries.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']

/** The outbox with what became of each mail, addresses that bounced, and in the demo what arrived. */
export function mailRoutes(app: Api, deps: WarningDeps): void {
  outboxRoutes(app, deps)
  bounceRoutes(app, deps)
  const { inbox } = deps
  app.get(
    '/demo/inbox',
    { config, schema: { tags: ['demo'], querystring: PageQuery, response: { 200: InboxReply } } },
    async (request) => {
      if (!inbox) throw new AppError('not-found', 'the inbox is there only in the demo')
      const data = await inbox.list(request.query.limit ?? 50)
      return { data, meta: { rows: data.length } }
    },
  )
}

function outboxRoutes(app: Api, { connection: { db } }: WarningDeps): void {
  app.get(
    '/warnings/mails',
    { config, schema: { tags, querystring: MailsQuery, response: { 200: MailsReply } } },
    async (request) => {
      const { state, limit = 50 } = request.query
      const data = await listMails(db, { state, limit })
      return { data, meta: { rows: data.length } }
    },
  )
  app.get(
    '/warnings/mails/:id',
    { config, schema: { tags, params: IdParams, response: { 200: MailReply } } },
    async (request) => ({ data: await findMail(db, request.params.id), meta: {} }),
  )
}

function bounceRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  app.register(async (scope) => {
    // a returned mail as the mail server hands it over
    scope.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post(
      '/warnings/mails/bounces',
      {
        config,
        schema: {
          tags,
          summary: 'Take in a message that came back',
          description: 'The message itself as message/rfc822: a delivery report (RFC 3464).',
          consumes: ['message/rfc822'],
          response: { 200: BounceReply },
        },
      },
      async (request) => {
        if (!Buffer.isBuffer(request.body))
          throw invalid('content-type', request.headers['content-type'] ?? '', 'message/rfc822')
        const report = await readBounce(request.body)
        if (!report) throw new AppError('refused', 'body: a report of failed delivery', { field: 'body' })
        return { data: await takeBounce(db, report, clock.now()), meta: {} }
      },
    )
  })
  app.get(
    '/warnings/addresses',
    { config, schema: { tags, response: { 200: AddressesReply } } },
    async () => {
      const data = await listBounced(db)
      return { data, meta: { rows: data.length } }
    },
  )
  app.delete(
    '/warnings/addresses/:address',
    { config, schema: { tags, params: AddressParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await unmarkBounced(db, request.params.address)
      reply.status(204)
      return null
    },
  )
}
