import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { checkoutRoot } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import type { Api } from '../http/schema.ts'
import { listMappings, saveMapping } from './mapping-queries.ts'
import { readMapping } from './options.ts'
import { MappingBody, MappingsReply } from './schema.ts'

const config = { access: 'officer' } as const
const tags = ['imports']

/** Layouts that people describe, and the template of the enterprise ledger. */
export function mappingRoutes(app: Api, deps: { connection: Connection; clock: Clock }): void {
  const { pool } = deps.connection
  const list = async () => {
    const mappings = await listMappings(pool)
    return { data: mappings, meta: { rows: mappings.length } }
  }

  app.get(
    '/imports/mappings',
    { config, schema: { tags, summary: 'Saved column mappings', response: { 200: MappingsReply } } },
    list,
  )

  app.post(
    '/imports/mappings',
    {
      config,
      schema: {
        tags,
        summary: 'Save a column mapping; its name is then a format of imports',
        body: MappingBody,
        response: { 200: MappingsReply },
      },
    },
    async (request) => {
      const { name } = request.body
      const mapping = readMapping(name, request.body.mapping)
      await saveMapping(pool, { name, mapping, by: request.principal?.name ?? '', at: deps.clock.now() })
      return list()
    },
  )

  app.get(
    '/imports/template',
    { config, schema: { tags, summary: 'Template of the enterprise ledger', produces: ['text/csv'] } },
    async (_request, reply) => {
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="enterprise-ledger.csv"')
      return reply.send(createReadStream(join(checkoutRoot, 'data/samples/templates/enterprise-ledger.csv')))
    },
  )
}
