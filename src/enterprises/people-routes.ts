import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { smtpMailer } from '../mail.ts'
import { passwordTries, personOf } from './access.ts'
import { invite, linkHours, type PasswordLink, requestReset, setPasswordByLink } from './link-queries.ts'
import {
  disableAccount,
  endSession,
  listAccounts,
  listSessions,
  listTokens,
  revokeToken,
} from './people-queries.ts'
import {
  AccountsReply,
  IdParams,
  InvitationBody,
  InvitationReply,
  NewTokenReply,
  PasswordBody,
  ResetBody,
  SessionsReply,
  TokenBody,
  TokensReply,
} from './people-schema.ts'
import { createToken, requirePassword } from './queries.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { escapeHtml } from './tell-queries.ts'
import { linkMails } from './text.ts'

export interface PeopleDeps {
  connection: Connection
  clock: Clock
  config: Config
}

const admin = { access: 'admin' } as const
const self = { access: 'signed-in' } as const
const tags = ['account']
const done = { 204: Type.Null() }

/** Invitations and resets, sessions, tokens, second factors. */
export function peopleRoutes(app: Api, deps: PeopleDeps): void {
  accountRoutes(app, deps)
  passwordRoutes(app, deps)
  sessionRoutes(app, deps)
  tokenRoutes(app, deps)
  secondFactorRoutes(app, deps)
}

function accountRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  app.get('/accounts', { config: admin, schema: { tags, response: { 200: AccountsReply } } }, async () => {
    const data = await listAccounts(db)
    return { data, meta: { rows: data.length } }
  })
  app.post(
    '/accounts',
    { config: admin, schema: { tags, body: InvitationBody, response: { 201: InvitationReply } } },
    async (request, reply) => {
      const { enterpriseId = null, ...person } = request.body
      const link = await invite(db, { ...person, enterpriseId }, deps.clock.now())
      const mailed = await sendLink(deps.config, link)
      const data = { email: link.email, link: addressOf(deps.config, link), mailed }
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.delete(
    '/accounts/:id',
    { config: admin, schema: { tags, params: IdParams, response: done } },
    async (request, reply) => {
      if (request.params.id === request.principal?.accountId)
        throw invalid('account', request.params.id, 'an account that is not your own')
      await disableAccount(db, request.params.id, deps.clock.now())
      reply.status(204)
      return null
    },
  )
}

function passwordRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  const config = { access: 'public', rateLimit: passwordTries } as const
  app.post(
    '/password-resets',
    {
      config,
      schema: { tags, body: ResetBody, response: { 202: Type.Object({ data: Type.Object({}) }) } },
    },
    async (request, reply) => {
      // Answered before the mail is on its way, and the same for everybody: who has an account stays unknown.
      void requestReset(db, request.body.email, deps.clock.now())
        .then((link) => link && sendLink(deps.config, link))
        .catch((error: unknown) => request.log.error({ err: error }, 'password reset failed'))
      return reply.status(202).send({ data: {} })
    },
  )
  app.put(
    '/password',
    { config, schema: { tags, body: PasswordBody, response: done } },
    async (request, reply) => {
      await setPasswordByLink(db, request.body, deps.clock.now())
      reply.status(204)
      return null
    },
  )
}

// Behind the fragment, which browsers keep out of requests and logs.
function addressOf(config: Config, link: PasswordLink): string {
  return `${config.publicUrl}/set-password#${link.token}`
}

/** Whether the mail was taken. It is not put into the outbox, which officers read and which keeps what it sent. */
async function sendLink(config: Config, link: PasswordLink): Promise<boolean> {
  if (!config.smtpUrl) return false
  const { subject, text } = linkMails[link.purpose]
  const body = text(link.name, addressOf(config, link), linkHours[link.purpose])
  const mailer = smtpMailer(config.smtpUrl, config.mailFrom)
  try {
    const html = `<pre>${escapeHtml(body)}</pre>`
    const messageId = `<${randomUUID()}@${new URL(config.publicUrl).hostname}>`
    return (await mailer.send({ to: link.email, subject, text: body, html, messageId })).ok
  } finally {
    mailer.close()
  }
}

function sessionRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  app.get(
    '/sessions',
    { config: self, schema: { tags, response: { 200: SessionsReply } } },
    async (request) => {
      const { accountId, sessionId } = personOf(request.principal)
      const data = await listSessions(db, { accountId, sessionId }, deps.clock.now())
      return { data, meta: { rows: data.length } }
    },
  )
  app.delete(
    '/sessions/:id',
    { config: self, schema: { tags, params: IdParams, response: done } },
    async (request, reply) => {
      await endSession(db, { accountId: personOf(request.principal).accountId, id: request.params.id })
      reply.status(204)
      return null
    },
  )
}

function tokenRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  app.get('/tokens', { config: admin, schema: { tags, response: { 200: TokensReply } } }, async () => {
    const data = await listTokens(db)
    return { data, meta: { rows: data.length } }
  })
  app.post(
    '/tokens',
    {
      config: { ...admin, rateLimit: passwordTries },
      schema: { tags, body: TokenBody, response: { 201: NewTokenReply } },
    },
    async (request, reply) => {
      const { name, role, enterpriseId = null, scope = 'read', days, password = '' } = request.body
      const now = deps.clock.now()
      // A program has no password; its own token was made with one, and says whether it may change anything.
      if (request.principal?.accountId) await requirePassword(db, personOf(request.principal), password, now)
      const expiresAt = days === undefined ? null : new Date(now.getTime() + days * 86_400_000)
      const token = await createToken(db, { name, role, enterpriseId, scope, expiresAt }, now)
      return reply.status(201).send({ data: { token }, meta: {} })
    },
  )
  app.delete(
    '/tokens/:id',
    { config: admin, schema: { tags, params: IdParams, response: done } },
    async (request, reply) => {
      await revokeToken(db, request.params.id, deps.clock.now())
      reply.status(204)
      return null
    },
  )
}
