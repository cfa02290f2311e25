import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { principalOfSession, principalOfToken, sessionCookie } from '../enterprises/queries.ts'
import { AppError } from '../errors.ts'
import type { Access, Principal } from './schema.ts'

/** Finds out who calls and holds every route to the access it states; a route that states none stops the start. */
export function guardAccess(
  app: FastifyInstance,
  deps: { connection: Connection; clock: Clock; config: Config },
): void {
  app.decorateRequest('principal', null)
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  // Looked at when all are known: a plugin's routes get their access from a hook that runs after this one.
  app.addHook('onReady', async () => {
    const open = routes.find((route) => !route.config?.access)
    if (open) throw new Error(`route ${open.method} ${open.url} states no access`)
    const exposed = routes.find(({ config }) => config?.fromAnySite && config.access !== 'public')
    if (exposed) throw new Error(`route ${exposed.method} ${exposed.url} takes cookies from any site`)
  })
  app.addHook('onRequest', async (request) => {
    refuseOtherSites(request, deps.config.publicUrl)
    const access = request.routeOptions.config.access ?? 'public'
    if (access === 'public') return
    request.principal = await principalOf(request, deps)
    requireAccess(request.principal, access)
    if (request.principal?.readOnly && !isSafe(request.method))
      throw new AppError('forbidden', 'this token may only read')
  })
}

async function principalOf(
  request: FastifyRequest,
  deps: { connection: Connection; clock: Clock; config: Config },
): Promise<Principal | null> {
  const bearer = bearerOf(request)
  if (bearer) return principalOfToken(deps.connection.db, bearer, deps.clock.now())
  const cookie = request.cookies[sessionCookie(deps.config).name]
  return cookie ? principalOfSession(deps.connection.db, cookie, deps.clock.now()) : null
}

/** The token a program sends. */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/**
 * A page of another site may not change anything with the cookie of this one, beside SameSite=Strict: browsers name the page that
 * asks in Origin or Sec-Fetch-Site; programs with a token send neither and need neither. Other credentials than a token a browser adds by
 * itself, so that they prove nothing.
 */
function refuseOtherSites(request: FastifyRequest, publicUrl: string): void {
  if (isSafe(request.method) || bearerOf(request) || request.routeOptions.config.fromAnySite) return
  const { origin, 'sec-fetch-site': site } = request.headers
  const own =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : // A form of a page that sends no referrer, as ours do, says null.
        (origin === 'null' && site === 'same-origin') ||
        [request.host, new URL(publicUrl).host].includes(URL.parse(origin)?.host ?? '')
  if (!own)
    throw new AppError('forbidden', `origin: ${String(origin ?? site).slice(0, 200)}: a page of this service`)
}

function requireAccess(principal: Principal | null, access: Access): void {
  if (!principal) throw new AppError('unauthenticated', 'sign in, or send a valid bearer token')
  const allowed =
    access === 'signed-in' ||
    principal.role === 'admin' ||
    (access === 'officer' && principal.role === 'officer')
  if (!allowed) throw new AppError('forbidden', `role ${principal.role} may not do this`)
}
