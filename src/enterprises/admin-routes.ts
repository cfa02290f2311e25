import { Type } from 'typebox'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { inFormat, type Sheet } from '../sheet.ts'
import {
  type AuditFilter,
  changeEnterprise,
  changeRole,
  listAudit,
  resetSecondFactor,
} from './admin-queries.ts'
import { AccountBody, AuditQuery, AuditReply, FirmBody } from './admin-schema.ts'
import { type AuditRow, IdParams } from './people-schema.ts'
import type { FirmDeps } from './record-queries.ts'
import { EnterpriseParams, EnterpriseReply } from './record-schema.ts'

const admin = { access: 'admin' } as const
const tags = ['account']
const done = { 204: Type.Null() }

/** What an administrator sets right: roles, lost second factors, firms, and the record of who saw or changed what. */
export function adminRoutes(app: Api, deps: Pick<FirmDeps, 'connection' | 'clock'>): void {
  const { db } = deps.connection
  app.put(
    '/accounts/:id',
    { config: admin, schema: { tags, params: IdParams, body: AccountBody, response: done } },
    async (request, reply) => {
      requireOther(request.params.id, request.principal?.accountId)
      await changeRole(db, request.params.id, request.body)
      reply.status(204)
      return null
    },
  )
  app.delete(
    '/accounts/:id/second-factor',
    { config: admin, schema: { tags, params: IdParams, response: done } },
    async (request, reply) => {
      requireOther(request.params.id, request.principal?.accountId)
      await resetSecondFactor(db, request.params.id)
      reply.status(204)
      return null
    },
  )
  app.put(
    '/enterprises/:enterprise',
    {
      config: { access: 'officer' },
      schema: {
        tags: ['enterprises'],
        params: EnterpriseParams,
        body: FirmBody,
        response: { 200: EnterpriseReply },
      },
    },
    async (request) => {
      const { enterprise } = request.params
      return { data: await changeEnterprise(db, enterprise, request.body, deps.clock.now()), meta: {} }
    },
  )
  app.get(
    '/audit',
    { config: admin, schema: { tags, querystring: AuditQuery, response: { 200: AuditReply } } },
    async (request, reply) => {
      const data = await listAudit(db, filterOf(request.query))
      const answer = { data, meta: { rows: data.length } }
      return inFormat({ request, reply }, { answer, sheet: () => auditSheet(data), name: 'audit' })
    },
  )
}

function requireOther(id: number, own: number | null | undefined): void {
  if (id === own) throw invalid('account', id, 'an account that is not your own')
}

const dayMs = 86_400_000

/** Days are those of UTC, both included. */
function filterOf({ limit = 100, from, to, format: _, ...rest }: AuditQuery): AuditFilter {
  return {
    limit,
    ...rest,
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { until: new Date(Date.parse(to) + dayMs) }),
  }
}

function auditSheet(rows: readonly AuditRow[]): Sheet {
  return {
    title: '审计记录',
    headings: ['编号', '时间（UTC）', '操作人', '角色', '企业海关编码', '操作', '对象', '状态码', '请求编号'],
    rows: rows.map((row) => [
      row.id,
      row.at,
      row.actor,
      row.role,
      row.enterpriseId,
      row.action,
      row.subject,
      row.status,
      row.requestId,
    ]),
    notes: ['注：包括数据变更、查看具名企业与人员、导出；记录只增不改。'],
  }
}
