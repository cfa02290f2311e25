import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

const timeWindow = '1 minute'
const uploadsPerMinute = 60
const isUpload = (route: RouteOptions) => route.method === 'POST' && route.url.endsWith('/imports')

/** Sweeps over products and Parties, origin with its sensitivity, files of bills, analysis in a thread, years judged again. */
const costly =
  /\/rcep\/(opportunities|ledger|rate-table|origin)(\/|$)|\/analysis\/|\/bom-table(\/file)?$|\/backtest$/

/** How late the event loop may run before requests are turned away, and how often that is looked at, in milliseconds. */
export interface Lateness {
  maxEventLoopDelay: number
  sampleInterval: number
}

const usualLateness: Lateness = { maxEventLoopDelay: 3_000, sampleInterval: 1_000 }

/**
 * How much one address may ask and how much work one account may make, and when the service turns requests away rather than answer all
 * of them late. To be called before callers are identified: who is refused has been counted.
 */
export async function limitRequests(
  app: FastifyInstance,
  config: Pick<Config, 'requestsPerMinute' | 'costlyPerMinute'>,
  lateness: Lateness = usualLateness,
): Promise<void> {
  // Before the plugin, which reads what it says.
  app.addHook('onRoute', (route) => {
    if (isUpload(route)) route.config = { ...route.config, rateLimit: { max: uploadsPerMinute, timeWindow } }
  })
  await app.register(rateLimit, { global: false, keyGenerator: addressOf })
  const ofAddress = app.createRateLimit({ max: config.requestsPerMinute, timeWindow })
  const ofAccount = app.createRateLimit({ max: config.costlyPerMinute, timeWindow, keyGenerator: accountOf })
  app.addHook('onRequest', (request, reply) => spend(ofAddress, request, reply))
  app.addHook('onRoute', (route) => {
    if (costly.test(route.url)) {
      // A route's own hooks run after those of the app, when the caller is known.
      const spendWork = (request: FastifyRequest, reply: FastifyReply) => spend(ofAccount, request, reply)
      route.onRequest = [...[route.onRequest ?? []].flat(), spendWork]
    }
  })
  await app.register(underPressure, {
    ...lateness,
    pressureHandler(request) {
      if (/\/(health|ready|metrics)$/.test(request.routeOptions.url ?? '')) return
      throw new AppError('unavailable', 'too busy at this moment; try again in a few seconds')
    },
  })
}

type Limit = ReturnType<FastifyInstance['createRateLimit']>

async function spend(limit: Limit, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const spent = await limit(request)
  if (spent.isAllowed || !spent.isExceeded) return
  reply.header('retry-after', spent.ttlInSeconds)
  const message = `more than ${spent.max} requests of this kind in a minute; go on in ${spent.ttlInSeconds} s`
  throw Object.assign(new Error(message), { statusCode: 429 })
}

/** The network of an IPv6 address; a caller who has left has no address any more. */
function addressOf(request: FastifyRequest): string {
  return request.ip ? normalizeIP(request.ip) : 'gone'
}

/** A person, or a program by the name of its token. */
function accountOf({ principal }: FastifyRequest): string {
  return `${principal?.role} ${principal?.enterpriseId} ${principal?.accountId ?? principal?.name}`
}
