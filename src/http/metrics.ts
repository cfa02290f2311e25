import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import type { Connection } from '../db/connect.ts'

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Counts and times every request to a route added after this, and answers `/api/v1/metrics` in the text format of Prometheus. */
export async function measure(app: FastifyInstance, deps: { connection: Connection }): Promise<void> {
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
    schema: { tags: ['operation'], response: { 200: Type.String() } },
    async handler(_request, reply) {
      reply.type(register.contentType)
      return await register.metrics()
    },
  })
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
