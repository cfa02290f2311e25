import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { sessionCookie } from '../enterprises/queries.ts'

/** OpenAPI 3.1 of the running routes at /api/v1/openapi.json, readable at /api/docs. Call before routes are added. */
export async function describeApi(app: FastifyInstance, config: Pick<Config, 'publicUrl'>): Promise<void> {
  await app.register(swagger, {
    // Who may call it is part of what a route promises.
    transform: ({ schema, url, route }) => ({ schema: { ...schema, 'x-access': route.config?.access }, url }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tradewind',
        version: '1',
        description:
          'Foreign-trade analytics and RCEP advice. Money, quantities, rates and shares are decimal strings; statistics are numbers.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie(config).name },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
  })
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    await scope.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  })
  app.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () =>
    app.swagger(),
  )
}
