import type { FastifyInstance } from 'fastify'

/**
 * What the API answers is for the caller alone: no browser that another person uses next and no proxy keeps it, unless the route says
 * what may be kept.
 */
export function keepNoAnswer(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
}
