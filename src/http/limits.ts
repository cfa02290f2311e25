import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

const uploadsPerMinute = 60
/** How late the event loop may run before requests are turned away, and how often that is looked at, in milliseconds. */
export interface Lateness {
  maxEventLoopDelay: number
  sampleInterval: number
}

const usualLateness: Lateness = { maxEventLoopDelay: 3_000, sampleInterval: 1_000 }

/** How much one address may ask, and when the service turns requests away rather than answer all of them late. */
export async function limitRequests(
  app: FastifyInstance,
  config: Pick<Config, 'requestsPerMinute'>,
  lateness: Lateness = usualLateness,
): Promise<void> {
  app.addHook('onRoute', (route) => {
    const uploads = route.method === 'POST' && route.url.endsWith('/imports')
    if (uploads) {
      route.config = { ...route.config, rateLimit: { max: uploadsPerMinute, timeWindow: '1 minute' } }
    }
  })
  await app.register(rateLimit, { global: true, max: config.requestsPerMinute, timeWindow: '1 minute' })
  await app.register(underPressure, {
    ...lateness,
    pressureHandler(request) {
      if (/\/(health|ready|metrics)$/.test(request.routeOptions.url ?? '')) return
      throw new AppError('unavailable', 'too busy at this moment; try again in a few seconds')
    },
  })
}
