import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkoutRoot } from '../config.ts'
import { AppError } from '../errors.ts'

/** The built web page; every address outside /api that is no file is the page itself, which routes on its own. */
export async function serveWeb(app: FastifyInstance, root = join(checkoutRoot, 'dist/web')): Promise<void> {
  const index = join(root, 'index.html')
  const page = existsSync(index) ? readFileSync(index) : null
  if (page) await serveFiles(app, root)
  app.setNotFoundHandler((request, reply) => {
    if (page && isPage(request)) {
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
    }
    throw new AppError('not-found', `${request.method} ${request.url.split('?')[0]}: no such address`)
  })
}

/** A missing asset stays missing: a tab left open across a release must not be handed the page as a script. */
function isPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && !/^\/(api|assets)\//.test(request.url)
}

async function serveFiles(app: FastifyInstance, root: string): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    await scope.register(fastifyStatic, {
      root,
      wildcard: false,
      setHeaders(reply, path) {
        const lasting = path.includes('/assets/')
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  })
}
