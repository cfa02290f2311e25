import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { analysisRoutes } from '../analysis/routes.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { adminRoutes } from '../enterprises/admin-routes.ts'
import { firmRoutes } from '../enterprises/firm-routes.ts'
import { oidcRoutes } from '../enterprises/oidc-routes.ts'
import { peopleRoutes } from '../enterprises/people-routes.ts'
import { accountRoutes } from '../enterprises/routes.ts'
import { indicatorRoutes } from '../indicators/routes.ts'
import { ingestRoutes } from '../ingest/routes.ts'
import type { MailCatcher } from '../mail-catcher.ts'
import { checkCase } from '../rcep/origin/check-case.ts'
import { rcepRoutes } from '../rcep/routes.ts'
import { referenceRoutes } from '../reference/routes.ts'
import { warningRoutes } from '../warnings/routes.ts'
import { aboutRoutes } from './about.ts'
import { auditRequests } from './audit.ts'
import { guardAccess } from './auth.ts'
import { keepNoAnswer } from './cache.ts'
import { answerProblem, handleErrors } from './errors.ts'
import { healthRoutes } from './health.ts'
import { refuseUnstorable } from './input.ts'
import { type Lateness, limitRequests } from './limits.ts'
import { measure } from './metrics.ts'
import { describeApi } from './openapi.ts'
import { operationRoutes } from './operation.ts'
import { ownRoutes } from './own-routes.ts'
import { serveWeb } from './web.ts'

export interface AppDeps {
  connection: Connection
  /** The same database without a limit on how long a statement may work, for loads; `connection` where none is given. */
  loads?: Connection
  clock: Clock
  config: Config
  /** The demo's receiving mail server, whose mails are shown in the browser; null in production. */
  inbox: MailCatcher | null
  log?: FastifyBaseLogger | boolean
  /** When it turns requests away; the service's own where none is given. */
  lateness?: Lateness
}

const requestTimeoutMs = 120_000

/** The whole service as a function of its surroundings; `listen` is left to the caller, tests use `inject`. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = fastify({
    ...loggerOption(deps.log),
    requestTimeout: requestTimeoutMs,
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    genReqId: () => randomUUID(),
    frameworkErrors: answerProblem,
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true, allErrors: false },
    },
  })
  keepInputOfErrors(app)
  handleErrors(app)
  await app.register(helmet, { contentSecurityPolicy: { directives: contentPolicy } })
  await app.register(cookie)
  await limitRequests(app, deps.config, deps.lateness)
  await app.register(multipart, {
    limits: { fileSize: deps.config.uploadLimitBytes, files: 1, fields: 10, fieldSize: 1000 },
  })
  endConnectionsOnStop(app)
  keepNoAnswer(app)
  guardAccess(app, deps)
  refuseUnstorable(app)
  auditRequests(app, deps)
  await describeApi(app, deps.config)
  await measure(app, deps)
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<TypeBoxTypeProvider>()
      healthRoutes(api, deps)
      aboutRoutes(api, deps)
      operationRoutes(api, deps)
      accountRoutes(api, deps)
      oidcRoutes(api, deps)
      peopleRoutes(api, deps)
      adminRoutes(api, deps)
      firmRoutes(api, { ...deps, checkCase })
      ownRoutes(api, deps)
      referenceRoutes(api, deps)
      ingestRoutes(api, { ...deps, connection: deps.loads ?? deps.connection })
      indicatorRoutes(api, deps)
      analysisRoutes(api, deps)
      warningRoutes(api, deps)
      rcepRoutes(api, deps)
    },
    { prefix: '/api/v1' },
  )
  await serveWeb(app)
  return app
}

/** What is answered during a stop ends its connection: one that is kept alive would hold the stop up until it times out. */
function endConnectionsOnStop(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
}

// Ant Design writes its styles into the page, hence 'unsafe-inline' for styles; scripts come from our own files only.
const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  frameSrc: ["'self'"],
  objectSrc: ["'none'"],
  upgradeInsecureRequests: null,
}

function loggerOption(log: AppDeps['log']) {
  if (log === undefined || typeof log === 'boolean') return { logger: log ?? false }
  return { loggerInstance: log }
}

/** Validation errors name the offending value, so they keep what was validated. */
function keepInputOfErrors(app: FastifyInstance): void {
  app.setSchemaErrorFormatter((errors, context) => {
    const error = new Error(`${context} ${errors[0]?.message ?? 'is invalid'}`)
    return Object.assign(error, { validation: errors, validationContext: context })
  })
}
