import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { Type } from 'typebox'
import { dateIn } from '../../clock.ts'
import { AppError, invalid } from '../../errors.ts'
import type { Api } from '../../http/schema.ts'
import type { WarningDeps } from '../routes.ts'
import { importRemedies } from './load.ts'
import { dropRemedies, listRemedies } from './queries.ts'
import { tableOf } from './read.ts'
import { RemediesQuery, RemediesReply, RemedyImportReply, SourceQuery } from './schema.ts'

const config = { access: 'officer' } as const
const tags = ['warnings']

/** Trade-remedy cases: what stands where, what ends next, and lists read in. */
export function remedyRoutes(app: Api, deps: WarningDeps): void {
  const { db } = deps.connection
  const today = () => dateIn(deps.config.timeZone, deps.clock.now())
  app.get(
    '/warnings/remedies',
    { config, schema: { tags, querystring: RemediesQuery, response: { 200: RemediesReply } } },
    async (request) => {
      const at = { today: today(), now: deps.clock.now() }
      const { rows, ...meta } = await listRemedies(db, request.query, at)
      return { data: rows, meta: { rows: rows.length, ...meta } }
    },
  )
  app.post(
    '/warnings/remedies',
    {
      config,
      schema: {
        tags,
        summary: 'Read a list of cases in; it replaces what the same source listed before',
        description:
          'Multipart form: `file` (I-TIP’s workbook or a table of one’s own) and optionally `source`.',
        consumes: ['multipart/form-data'],
        response: { 201: RemedyImportReply },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart())
        throw invalid('content-type', request.headers['content-type'] ?? '', 'multipart/form-data')
      const { name, bytes, source } = await receive(request.parts())
      const data = await importRemedies(db, {
        rows: await tableOf(bytes),
        source: source || name,
        on: today(),
      })
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.delete(
    '/warnings/remedies',
    { config, schema: { tags, querystring: SourceQuery, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { source } = request.query
      if ((await dropRemedies(db, source)) === 0)
        throw new AppError('not-found', `source: ${source}: a source of cases`, {
          field: 'source',
          value: source,
        })
      reply.status(204)
      return null
    },
  )
}

/** Lists of cases are small; a larger file is none. */
const longestFile = 20 * 1024 * 1024

async function receive(
  parts: AsyncIterable<MultipartFile | MultipartValue>,
): Promise<{ name: string; bytes: Buffer; source: string }> {
  let file: { name: string; bytes: Buffer } | null = null
  let source = ''
  for await (const part of parts) {
    if (part.type === 'file') file = { name: part.filename.slice(0, 200), bytes: await bytesOf(part) }
    else if (part.fieldname === 'source') source = String(part.value).trim().slice(0, 200)
    else throw invalid(part.fieldname.slice(0, 60), String(part.value).slice(0, 60), 'file, source')
  }
  if (!file) throw invalid('file', '(missing)', 'one file in a multipart form')
  return { ...file, source }
}

async function bytesOf(part: MultipartFile): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of part.file) {
    length += (chunk as Buffer).length
    if (length <= longestFile) chunks.push(chunk as Buffer)
  }
  if (length > longestFile || part.file.truncated)
    throw new AppError('too-large', `file: ${part.filename}: larger than a list of cases`, { field: 'file' })
  return Buffer.concat(chunks)
}
