import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance } from 'fastify'
import { readConfig } from '../../src/config.ts'
import { handleErrors } from '../../src/http/errors.ts'
import type { Principal } from '../../src/http/schema.ts'
import { warningRoutes } from '../../src/warnings/routes.ts'
import type { TestDatabase } from '../helpers/database.ts'

export interface Caller {
  principal: Principal
  now: string
}

/** The routes of warnings alone, asked by whoever `caller` holds at the moment, at its time. */
export async function warningApp(database: TestDatabase, caller: Caller): Promise<FastifyInstance> {
  const app = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
  })
  handleErrors(app)
  await app.register(multipart)
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    request.principal = caller.principal
  })
  warningRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    connection: database,
    clock: { now: () => new Date(caller.now) },
    config: readConfig({}),
    inbox: null,
  })
  await app.ready()
  return app
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export function asker(app: () => FastifyInstance) {
  return async (
    method: Method,
    url: string,
    payload?: object | Buffer,
    headers: Record<string, string> = {},
  ) => {
    const reply = await app().inject({ method, url, headers, ...(payload ? { payload } : {}) })
    const isJson = reply.headers['content-type']?.toString().includes('json')
    return { status: reply.statusCode, body: isJson ? reply.json() : reply.body }
  }
}
