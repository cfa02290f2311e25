import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { type Api, envelope, strict } from '../http/schema.ts'
import { passwordTries } from './access.ts'
import { sessionCookie, sessionDays, signIn, signOut } from './queries.ts'

const Account = Type.Object({
  name: Type.String(),
  role: Type.Enum(['admin', 'officer', 'enterprise']),
  enterpriseId: Type.Union([Type.String(), Type.Null()]),
  accountId: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
})

const Credentials = strict({
  email: Type.String({ maxLength: 320 }),
  password: Type.String({ maxLength: 1024 }),
  code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', description: 'where a second factor is set up' })),
})

/** Sign-in, sign-out and "who am I". */
export function accountRoutes(
  app: Api,
  deps: { connection: Connection; clock: Clock; config: Config },
): void {
  const { db } = deps.connection
  const reply = { 200: envelope(Account, Type.Object({})) }
  const cookie = sessionCookie(deps.config)

  app.post(
    '/session',
    {
      config: { access: 'public', rateLimit: passwordTries },
      schema: { tags: ['account'], body: Credentials, response: reply },
    },
    async (request, response) => {
      const session = await signIn(db, request.body, deps.clock.now())
      if (!session) throw new AppError('unauthenticated', 'email or password is wrong')
      request.principal = session.principal
      response.setCookie(cookie.name, session.token, { ...cookie.options, maxAge: sessionDays * 86_400 })
      return { data: session.principal, meta: {} }
    },
  )

  app.get(
    '/session',
    { config: { access: 'signed-in' }, schema: { tags: ['account'], response: reply } },
    async (request) => {
      if (!request.principal) throw new AppError('unauthenticated', 'sign in first')
      return { data: request.principal, meta: {} }
    },
  )

  app.delete(
    '/session',
    { config: { access: 'public' }, schema: { tags: ['account'], response: { 204: Type.Null() } } },
    async (request, response) => {
      const token = request.cookies[cookie.name]
      if (token) await signOut(db, token)
      response.clearCookie(cookie.name, cookie.options).status(204)
      return null
    },
  )
}
