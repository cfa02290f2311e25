import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import { noteAudit } from '../enterprises/people-queries.ts'

/** Routes that take a body and change nothing. */
const computing = /\/(rcep|analysis)\/|\/backtest$|\/bom-table(\/file)?$/
const namesFirms =
  /\/(enterprises|firms|exposed-enterprises|accounts|tokens|audit|mails|questions|sign-ups)(\/|$)/
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
      subject: subjectOf(request),
      status: reply.statusCode,
      requestId: request.id,
    })
  })
}

function isAudited(request: FastifyRequest): boolean {
  const route = request.routeOptions.url ?? ''
  if (!['GET', 'HEAD'].includes(request.method) && !computing.test(route)) return true
  const { format } = fieldsOf(request.query)
  if (format === 'csv' || format === 'xlsx' || tableTypes.test(request.headers.accept ?? '')) return true
  if (request.principal?.role === 'enterprise') return false
  return namesFirms.test(route) || asksForFirms(request.query) || asksForFirms(request.body)
}

/** Whether a question is about one firm or lists firms by name; a computing route takes it as a body. */
function asksForFirms(asked: unknown): boolean {
  const { enterprise, ...fields } = fieldsOf(asked)
  return enterprise !== undefined || ['by', 'rows', 'columns'].some((axis) => fields[axis] === 'enterprise')
}

/** The address asked, and the firm where a body names it. */
function subjectOf(request: FastifyRequest): string {
  const { enterprise } = computing.test(request.routeOptions.url ?? '') ? fieldsOf(request.body) : {}
  return `${request.url}${typeof enterprise === 'string' ? ` enterprise=${enterprise}` : ''}`.slice(0, 500)
}

function fieldsOf(asked: unknown): Record<string, unknown> {
  return typeof asked === 'object' && asked !== null ? (asked as Record<string, unknown>) : {}
}
