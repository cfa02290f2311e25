import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import type { Api } from '../../http/schema.ts'
import type { WarningDeps } from '../routes.ts'
import { UnsubscribeParams } from './subscription-schema.ts'
import type { Language } from './text.ts'
import { unsubscribePage } from './unsubscribe-html.ts'
import { subscriberOf, unsubscribeAddress } from './unsubscribe-queries.ts'

const config = { access: 'public' } as const
const tags = ['warnings']

/** How an address without an account ends its mails: whoever has the mail has the link, and nobody signs in. */
export function unsubscribeRoutes(app: Api, { connection: { db }, clock }: WarningDeps): void {
  const unknown = (reply: FastifyReply, languages = '') => {
    const language: Language = /^en\b/i.test(languages) ? 'en' : 'zh'
    return page(reply.status(404), unsubscribePage(language, { step: 'unknown' }))
  }
  app.register(async (plain) => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>()
    // the button of the page and of a mail program send forms (RFC 8058, 3.2), in which nothing more is said
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
      if (scope.hasContentTypeParser(type)) scope.removeContentTypeParser(type)
      scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: 10_000 }, (_request, _body, done) =>
        done(null, undefined),
      )
    }
    scope.get(
      '/warnings/unsubscribe/:token',
      { config, schema: { tags, summary: 'Ask whether to end the mails', params: UnsubscribeParams } },
      async (request, reply) => {
        const found = await subscriberOf(db, request.params.token)
        if (!found) return unknown(reply, request.headers['accept-language'])
        const step = found.active ? 'ask' : 'done'
        return page(reply, unsubscribePage(found.language, { step, email: found.email }))
      },
    )
    scope.post(
      '/warnings/unsubscribe/:token',
      {
        // the button of a mail program on the web comes from its site, and the link is all it needs
        config: { ...config, fromAnySite: true },
        schema: {
          tags,
          summary: 'End the mails to the address the link was sent to',
          description: 'One click of a mail program (RFC 8058), or the button of the page.',
          consumes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
          params: UnsubscribeParams,
        },
      },
      async (request, reply) => {
        const found = await subscriberOf(db, request.params.token)
        if (!found) return unknown(reply, request.headers['accept-language'])
        await unsubscribeAddress(db, found, clock.now())
        return page(reply, unsubscribePage(found.language, { step: 'done', email: found.email }))
      },
    )
  })
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html)
}
