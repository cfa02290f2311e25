import { Type } from 'typebox'
import { dateIn } from '../clock.ts'
import type { Api } from '../http/schema.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import {
  EnterpriseParams,
  EvidenceBody,
  EvidenceQuery,
  EvidenceReply,
  EvidencesReply,
  RecordParams,
  SupplierBody,
  SupplierReply,
  SuppliersReply,
} from './record-schema.ts'
import {
  addEvidence,
  addSupplier,
  changeEvidence,
  changeSupplier,
  deleteEvidence,
  deleteSupplier,
  listEvidence,
  listSuppliers,
} from './supplier-queries.ts'

const config = { access: 'signed-in' } as const
const tags = ['enterprises']

/** Suppliers of a firm and the proofs of origin they gave. */
export function supplierRoutes(app: Api, deps: FirmDeps): void {
  app.get(
    '/enterprises/:enterprise/suppliers',
    { config, schema: { tags, params: EnterpriseParams, response: { 200: SuppliersReply } } },
    async (request) => {
      const data = await onRecords(deps, request, listSuppliers)
      return { data, meta: { rows: data.length } }
    },
  )
  app.post(
    '/enterprises/:enterprise/suppliers',
    {
      config,
      schema: { tags, params: EnterpriseParams, body: SupplierBody, response: { 201: SupplierReply } },
    },
    async (request, reply) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        addSupplier(tx, enterpriseId, request.body, now),
      )
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.put(
    '/enterprises/:enterprise/suppliers/:id',
    { config, schema: { tags, params: RecordParams, body: SupplierBody, response: { 200: SupplierReply } } },
    async (request) => {
      const now = deps.clock.now()
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        changeSupplier(tx, { enterpriseId, id: request.params.id }, request.body, now),
      )
      return { data, meta: {} }
    },
  )
  app.delete(
    '/enterprises/:enterprise/suppliers/:id',
    { config, schema: { tags, params: RecordParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await onRecords(deps, request, (tx, enterpriseId) =>
        deleteSupplier(tx, { enterpriseId, id: request.params.id }),
      )
      reply.status(204)
      return null
    },
  )
  evidenceRoutes(app, deps)
}

function evidenceRoutes(app: Api, deps: FirmDeps): void {
  const today = () => dateIn(deps.config.timeZone, deps.clock.now())
  app.get(
    '/enterprises/:enterprise/evidence',
    {
      config,
      schema: {
        tags,
        params: EnterpriseParams,
        querystring: EvidenceQuery,
        response: { 200: EvidencesReply },
      },
    },
    async (request) => {
      const on = request.query.on ?? today()
      const { within } = request.query
      const all = await onRecords(deps, request, (tx, enterpriseId) => listEvidence(tx, enterpriseId, on))
      const data = within === undefined ? all : all.filter(({ daysLeft }) => daysLeft <= within)
      return { data, meta: { rows: data.length, asOf: on } }
    },
  )
  app.post(
    '/enterprises/:enterprise/evidence',
    {
      config,
      schema: { tags, params: EnterpriseParams, body: EvidenceBody, response: { 201: EvidenceReply } },
    },
    async (request, reply) => {
      const at = { now: deps.clock.now(), on: today() }
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        addEvidence(tx, enterpriseId, request.body, at),
      )
      return reply.status(201).send({ data, meta: { asOf: at.on } })
    },
  )
  app.put(
    '/enterprises/:enterprise/evidence/:id',
    {
      config,
      schema: { tags, params: RecordParams, body: EvidenceBody, response: { 200: EvidenceReply } },
    },
    async (request) => {
      const at = { now: deps.clock.now(), on: today() }
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        changeEvidence(tx, { enterpriseId, id: request.params.id }, request.body, at),
      )
      return { data, meta: { asOf: at.on } }
    },
  )
  app.delete(
    '/enterprises/:enterprise/evidence/:id',
    { config, schema: { tags, params: RecordParams, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await onRecords(deps, request, (tx, enterpriseId) =>
        deleteEvidence(tx, { enterpriseId, id: request.params.id }),
      )
      reply.status(204)
      return null
    },
  )
}
