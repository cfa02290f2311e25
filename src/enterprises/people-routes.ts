import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError, invalid } from '../errors.ts'
import type { Api, Principal } from '../http/schema.ts'
import { smtpMailer } from '../mail.ts'
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
  CodeBody,
  IdParams,
  InvitationBody,
  InvitationReply,
  NewTokenReply,
  PasswordBody,
  ResetBody,
  SecondFactorBody,
  SecondFactorReply,
  SessionsReply,
  TokenBody,
  TokensReply,
} from './people-schema.ts'
import { createToken } from './queries.ts'
import { confirmSecondFactor, proposeSecondFactor, removeSecondFactor } from './second-factor-queries.ts'
import { escapeHtml } from './tell-queries.ts'
import { linkMails } from './text.ts'
import { totpAddress } from './totp.ts'

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
  const config = { access: 'public', rateLimit: { max: 10, timeWindow: '1 minute' } } as const
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

/** The person behind a session; a program has none. */
function personOf(principal: Principal | null): { accountId: number; sessionId: number | null } {
  if (!principal) throw new AppError('unauthenticated', 'sign in first')
  const { accountId = null, sessionId = null } = principal
  if (accountId === null) throw new AppError('conflict', 'token: this is for people who signed in')
  return { accountId, sessionId }
}

function tokenRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  app.get('/tokens', { config: admin, schema: { tags, response: { 200: TokensReply } } }, async () => {
    const data = await listTokens(db)
    return { data, meta: { rows: data.length } }
  })
  app.post(
    '/tokens',
    { config: admin, schema: { tags, body: TokenBody, response: { 201: NewTokenReply } } },
    async (request, reply) => {
      const { name, role, enterpriseId = null, scope = 'read', days } = request.body
      const now = deps.clock.now()
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

function secondFactorRoutes(app: Api, deps: PeopleDeps): void {
  const { db } = deps.connection
  app.post(
    '/second-factor',
    { config: self, schema: { tags, response: { 200: SecondFactorReply } } },
    async (request) => {
      const { secret, email } = await proposeSecondFactor(db, personOf(request.principal).accountId)
      return { data: { secret, address: totpAddress(secret, email) }, meta: {} }
    },
  )
  app.put(
    '/second-factor',
    { config: self, schema: { tags, body: SecondFactorBody, response: done } },
    async (request, reply) => {
      const { accountId } = personOf(request.principal)
      await confirmSecondFactor(db, accountId, request.body, deps.clock.now())
      reply.status(204)
      return null
    },
  )
  app.delete(
    '/second-factor',
    { config: self, schema: { tags, body: CodeBody, response: done } },
    async (request, reply) => {
      const { accountId } = personOf(request.principal)
      await removeSecondFactor(db, accountId, request.body.code, deps.clock.now())
      reply.status(204)
      return null
    },
  )
}
