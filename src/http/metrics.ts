import { timingSafeEqual } from 'node:crypto'
import { BlockList } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { hashToken } from '../enterprises/secrets.ts'
import { AppError } from '../errors.ts'
import { bearerOf } from './auth.ts'

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Counts and times every request to a route added after this, and answers `/api/v1/metrics` in the text format of Prometheus: to programs
 * on this machine, or where METRICS_TOKEN is set to whoever sends it.
 */
export async function measure(
  app: FastifyInstance,
  deps: { connection: Connection; config: Pick<Config, 'metricsToken'> },
): Promise<void> {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'tradewind_' })
  const durations = new Histogram({
    name: 'tradewind_http_request_duration_seconds',
    help: 'time to answer by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [register],
  })
  databaseGauges(register, deps.connection)
  app.addHook('onResponse', async (request, reply) => {
    // The route as declared, never the address asked: addresses carry names and would grow without end.
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.addHook('onClose', async () => register.clear())
  app.route({
    method: 'GET',
    url: '/api/v1/metrics',
    config: { access: 'public' },
    schema: {
      tags: ['operation'],
      description:
        'For programs on the machine of the service; where METRICS_TOKEN is set, for those with it as bearer token.',
      response: { 200: Type.String() },
    },
    onRequest: async (request) => requireReader(request, deps.config.metricsToken),
    async handler(_request, reply) {
      reply.type(register.contentType)
      return await register.metrics()
    },
  })
}

const thisMachine = new BlockList()
thisMachine.addSubnet('127.0.0.0', 8)
thisMachine.addAddress('::1', 'ipv6')

/** What a proxy adds: who is asked for is then somewhere else, whatever the header says. */
const relayed = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']

/** How much is asked, of what and with what success is the operator's to know. */
function requireReader(request: FastifyRequest, token: string | null): void {
  if (token === null) {
    if (isDirectFromHere(request)) return
    const allowed = 'for programs on this machine; METRICS_TOKEN opens them to others'
    throw new AppError('forbidden', `metrics: ${allowed}`)
  }
  const [given, wanted] = [bearerOf(request) ?? '', token].map((text) => Buffer.from(hashToken(text)))
  if (!given || !wanted || !timingSafeEqual(given, wanted))
    throw new AppError('unauthenticated', 'metrics: send METRICS_TOKEN as bearer token')
}

function isDirectFromHere({ raw, headers }: FastifyRequest): boolean {
  const { remoteAddress: address } = raw.socket
  if (!address || relayed.some((name) => headers[name] !== undefined)) return false
  // Of an IPv4 address in IPv6 the list looks at the former.
  return thisMachine.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

function databaseGauges(register: Registry, { pool }: Connection): void {
  const connections = new Gauge({
    name: 'tradewind_database_connections',
    help: 'connections of the pool by state; waiting counts requests that wait for one',
    labelNames: ['state'],
    registers: [register],
    collect() {
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  const size = new Gauge({
    name: 'tradewind_database_bytes',
    help: 'size of the database; absent while it does not answer',
    registers: [register],
    async collect() {
      const found = await pool
        .query<{ bytes: number }>('select pg_database_size(current_database()) as bytes')
        .catch(() => null)
      if (found?.rows[0]) size.set(found.rows[0].bytes)
      else size.remove()
    },
  })
}
