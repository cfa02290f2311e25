import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import { noteAudit } from '../enterprises/people-queries.ts'

/** Routes that take a body and change nothing. */
const computing = /\/(rcep|analysis)\/|\/backtest$|\/bom-table$/
const namesFirms = /\/(enterprises|exposed-enterprises|accounts|tokens|audit|mails)(\/|$)/
const tableTypes = /text\/csv|spreadsheetml/

/**
 * Notes who changed what, who of the bureau looked at a named firm or a person, and what was exported. Written before the answer
 * leaves: what cannot be noted is not shown.
 */
export function auditRequests(app: FastifyInstance, deps: { connection: Connection; clock: Clock }): void {
  app.addHook('onSend', async (request, reply) => {
    const { principal } = request
    if (!principal || reply.statusCode >= 400 || !isAudited(request)) return
    await noteAudit(deps.connection.db, {
      at: deps.clock.now(),
      actor: principal.name,
      role: principal.role,
      enterpriseId: principal.enterpriseId,
      action: `${request.method} ${request.routeOptions.url ?? ''}`,
      subject: request.url.slice(0, 500),
      status: reply.statusCode,
      requestId: request.id,
    })
  })
}

function isAudited(request: FastifyRequest): boolean {
  const route = request.routeOptions.url ?? ''
  if (!['GET', 'HEAD'].includes(request.method)) return !computing.test(route)
  const query = (request.query ?? {}) as Record<string, unknown>
  const exported =
    query.format === 'csv' || query.format === 'xlsx' || tableTypes.test(request.headers.accept ?? '')
  if (exported) return true
  const bureau = request.principal?.role !== 'enterprise'
  return bureau && (namesFirms.test(route) || query.by === 'enterprise' || query.enterprise !== undefined)
}
