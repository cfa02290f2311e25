import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Type } from 'typebox'
import { dateIn } from '../clock.ts'
import { checkoutRoot } from '../config.ts'
import type { Api } from '../http/schema.ts'
import { readReference } from '../reference/load.ts'
import type { Reference } from '../reference/parse.ts'
import type { Settings } from './formats/layout.ts'
import { previewMapping } from './mapping-preview.ts'
import { listMappings, saveMapping } from './mapping-queries.ts'
import { type Head, readTableHead } from './mapping-read.ts'
import { MappingBody, MappingPreviewReply, MappingsReply, MappingTrialBody } from './mapping-schema.ts'
import { say } from './messages.ts'
import { readMapping } from './options.ts'
import { ownUpload, type PreviewDeps, type Sender, senderOf } from './preview.ts'
import { invalid, refusal } from './refusals.ts'
import { editionInName } from './sniff.ts'
import { findUpload } from './uploads.ts'

const config = { access: 'officer' } as const
const tags = ['imports']

/** Layouts that people describe, and the template of the enterprise ledger. */
export function mappingRoutes(app: Api, deps: PreviewDeps): void {
  const { pool } = deps.connection
  let known: Reference | null = null
  const reference = () => (known ??= readReference())
  const headOf = headReader(deps)
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

  app.post(
    '/imports/mappings/preview',
    {
      config,
      schema: {
        tags,
        summary: 'The columns of a file, and the first records a mapping makes of it; nothing is stored',
        body: MappingTrialBody,
        response: { 200: MappingPreviewReply },
      },
    },
    async (request) => {
      const { body } = request
      const { bytes, ...sheets } = await headOf(body, senderOf(request.principal))
      const data = previewMapping(reference(), {
        bytes,
        mapping: body.mapping ? readMapping('preview', body.mapping) : null,
        settings: trialSettings(body),
        today: dateIn(deps.config.timeZone, deps.clock.now()),
      })
      return { data: { ...data, ...sheets }, meta: { rows: data.records.length } }
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

type Trial = Type.Static<typeof MappingTrialBody>
const keptHeads = 20

/** Beginnings of files that were sent with a trial or kept before; a workbook is opened once however often it is tried. */
function headReader(deps: PreviewDeps): (trial: Trial, by: Sender) => Promise<Head> {
  const heads = new Map<string, Promise<Head>>()
  return async ({ head, import: id, sheet = null }, by) => {
    if (head !== undefined) return { bytes: Buffer.from(head, 'base64') }
    if (id === undefined) throw invalid('head', '(missing)', say('say-head-or-import'))
    await ownUpload(deps, id, by)
    const path = findUpload(deps.config.home, id)
    if (path === null) throw refusal('conflict', 'import-no-file', { id })
    const key = `${id} ${sheet ?? ''}`
    const read = heads.get(key) ?? readTableHead(path, { sheet, home: deps.config.home })
    heads.delete(key)
    heads.set(key, read)
    read.catch(() => heads.delete(key))
    for (const oldest of heads.keys()) if (heads.size > keptHeads) heads.delete(oldest)
    return read
  }
}

function trialSettings(body: Trial): Settings {
  const { flow = null, period = null, currency = null, name = '' } = body
  return { flow, period, currency, part: null, edition: editionInName(name), rates: {} }
}
