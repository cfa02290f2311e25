import type { FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Config, OidcConfig } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { AppError } from '../errors.ts'
import { type Api, envelope, strict } from '../http/schema.ts'
import { keepAttempt, signInByEmail, takeAttempt } from './oidc-queries.ts'
import { noteAudit } from './people-queries.ts'
import { sessionCookie, sessionDays } from './queries.ts'

export interface OidcDeps {
  connection: Connection
  clock: Clock
  config: Config
}

const stateCookie = 'tradewind_oidc'
const callbackPath = '/api/v1/auth/oidc/callback'
const providerTimeoutSeconds = 10

/** Why a sign-in at the provider led to no session, as the sign-in page is told; the log has the rest. */
type Failure = 'provider' | 'expired' | 'unverified' | 'unknown-person'

const Methods = Type.Object({
  password: Type.Boolean(),
  oidc: Type.Boolean({ description: 'an identity provider is set up: GET /auth/oidc/start' }),
})
const StartQuery = strict({
  next: Type.Optional(Type.String({ maxLength: 500, description: 'path of this site to go to afterwards' })),
})
const Answer = Type.Object(
  {
    code: Type.Optional(Type.String({ maxLength: 4000 })),
    state: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { description: 'as the provider writes it; it may add fields' },
)
const tags = ['account']
const limited = { access: 'public', rateLimit: { max: 30, timeWindow: '1 minute' } } as const
const redirect = { 302: Type.Null({ description: 'on to the provider, the page asked for or the sign-in' }) }

/** Sign-in through an OpenID Connect provider: authorization code with PKCE, state and nonce. */
export function oidcRoutes(app: Api, deps: OidcDeps): void {
  const { db } = deps.connection
  const provider = keptProvider(deps.config.oidc)

  app.get(
    '/auth/methods',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'How people may sign in',
        response: { 200: envelope(Methods, Type.Object({})) },
      },
    },
    async () => ({ data: { password: true, oidc: deps.config.oidc !== null }, meta: {} }),
  )
  app.get(
    '/auth/oidc/start',
    { config: limited, schema: { tags, querystring: StartQuery, response: redirect } },
    async (request, reply) => {
      const known = await provider().catch((error: unknown) => failed(request, error))
      if (known === null) return refuse(reply, 'provider')
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        next: insidePath(request.query.next),
      }
      await keepAttempt(db, attempt, deps.clock.now())
      const address = oidc.buildAuthorizationUrl(known, {
        redirect_uri: `${deps.config.publicUrl}${callbackPath}`,
        scope: 'openid email',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
        code_challenge_method: 'S256',
      })
      return reply
        .setCookie(stateCookie, attempt.state, stateCookieOptions(deps.config))
        .redirect(address.href)
    },
  )
  callbackRoute(app, deps, provider)
}

/** Where the provider sends people back to: its answer is checked, and who is known gets a session. */
function callbackRoute(app: Api, deps: OidcDeps, provider: () => Promise<oidc.Configuration>): void {
  const { db } = deps.connection
  const cookie = sessionCookie(deps.config)
  // The answer's code stays out of the log of requests.
  const logLevel = deps.config.logLevel === 'silent' ? 'silent' : 'error'
  app.get(
    '/auth/oidc/callback',
    { logLevel, config: limited, schema: { tags, querystring: Answer, response: redirect } },
    async (request, reply) => {
      reply.clearCookie(stateCookie, stateCookieOptions(deps.config))
      const state = request.cookies[stateCookie]
      // The browser that comes back must be the one that went: its cookie names the same attempt.
      const attempt =
        state && state === request.query.state ? await takeAttempt(db, state, deps.clock.now()) : null
      if (!state || !attempt) return refuse(reply, 'expired')
      const person = await answerOf(provider, deps.config, { ...attempt, state, url: request.url }).catch(
        (error: unknown) => failed(request, error),
      )
      if (person === null) return refuse(reply, 'provider')
      if (!person.verified) return refuse(reply, 'unverified')
      const session = await signInByEmail(db, person.email, deps.clock.now())
      if (!session) return refuse(reply, 'unknown-person')
      const { name, role, enterpriseId } = session.principal
      const action = `GET ${callbackPath}`
      await noteAudit(db, {
        ...{ at: deps.clock.now(), actor: name, role, enterpriseId },
        ...{ action, subject: callbackPath, status: 302, requestId: request.id },
      })
      return reply
        .setCookie(cookie.name, session.token, { ...cookie.options, maxAge: sessionDays * 86_400 })
        .redirect(attempt.next)
    },
  )
}

/** Asks the provider about itself once; again when that failed. */
function keptProvider(settings: OidcConfig | null): () => Promise<oidc.Configuration> {
  let known: Promise<oidc.Configuration> | null = null
  return () => {
    if (!settings)
      throw new AppError('not-found', 'no identity provider is set up; sign in with email and password')
    known ??= discover(settings).catch((error: unknown) => {
      known = null
      throw error
    })
    return known
  }
}

function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<oidc.Configuration> {
  // Tokens come over a connection to the provider itself; their signatures are checked all the same.
  const execute = [oidc.enableNonRepudiationChecks]
  if (issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests)
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: providerTimeoutSeconds,
    execute,
  })
}

/**
 * Exchanges the code and checks the ID token: signature, issuer, audience, times and nonce. The address is looked for in the
 * token, then in the user information; it counts as verified only where the provider says so.
 */
async function answerOf(
  provider: () => Promise<oidc.Configuration>,
  config: Config,
  asked: { state: string; nonce: string; codeVerifier: string; url: string },
): Promise<{ email: string; verified: boolean }> {
  const known = await provider()
  const url = new URL(`${config.publicUrl}${callbackPath}${new URL(asked.url, config.publicUrl).search}`)
  const tokens = await oidc.authorizationCodeGrant(known, url, {
    expectedState: asked.state,
    expectedNonce: asked.nonce,
    pkceCodeVerifier: asked.codeVerifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const name = config.oidc?.emailClaim ?? 'email'
  const told =
    claims && claims[name] === undefined
      ? await oidc.fetchUserInfo(known, tokens.access_token, claims.sub)
      : (claims ?? {})
  const email = (told as Record<string, unknown>)[name]
  if (typeof email !== 'string') throw new Error(`the provider names no ${name}`)
  return { email, verified: (told as Record<string, unknown>).email_verified === true }
}

function failed(request: FastifyRequest, error: unknown): null {
  if (error instanceof AppError) throw error
  request.log.error({ err: error }, 'sign-in at the identity provider failed')
  return null
}

function refuse(reply: FastifyReply, failure: Failure): FastifyReply {
  return reply.redirect(`/sign-in?failed=${failure}`)
}

/** Only a path of this site, so that nobody is sent elsewhere after signing in: `/.//site` too becomes `//site`, another site. */
function insidePath(next = '/'): string {
  const target = URL.parse(next, 'http://here')
  const inside = next.startsWith('/') && !/[\\\p{Cc}]/u.test(next) && target?.origin === 'http://here'
  return inside && !target.pathname.startsWith('//') ? `${target.pathname}${target.search}` : '/'
}

/** Lax: the browser comes back from the provider's site. */
function stateCookieOptions(config: Config) {
  const secure = config.publicUrl.startsWith('https:')
  return { path: callbackPath, httpOnly: true, sameSite: 'lax', secure, maxAge: 900 } as const
}
