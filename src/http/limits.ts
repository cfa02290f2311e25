import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

const uploadsPerMinute = 60
const longestDelayMs = 3_000

/** How much one address may ask, and when the service turns requests away rather than answer all of them late. */
export async function limitRequests(app: FastifyInstance, config: Config): Promise<void> {
  app.addHook('onRoute', (route) => {
    const uploads = route.method === 'POST' && route.url.endsWith('/imports')
    if (uploads) {
      route.config = { ...route.config, rateLimit: { max: uploadsPerMinute, timeWindow: '1 minute' } }
    }
  })
  await app.register(rateLimit, { global: true, max: config.requestsPerMinute, timeWindow: '1 minute' })
  await app.register(underPressure, {
    maxEventLoopDelay: longestDelayMs,
    pressureHandler(request) {
      if (/\/(health|ready|metrics)$/.test(request.routeOptions.url ?? '')) return
      throw new AppError('unavailable', 'too busy at this moment; try again in a few seconds')
    },
  })
}
