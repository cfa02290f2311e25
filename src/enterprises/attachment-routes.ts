import type { MultipartFile } from '@fastify/multipart'
import { Type } from 'typebox'
import { AppError, invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { attachmentTypes, mostAttachmentBytes, safeName, sniffAttachment } from './attachment.ts'
import { addAttachment, findAttachment } from './attachment-queries.ts'
import { AttachmentParams, AttachmentReply } from './question-schema.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import { RecordParams } from './record-schema.ts'

const tags = ['questions']

/** Files that come with a question: taken by what is in them, and only ever handed out to be saved. */
export function attachmentRoutes(app: Api, deps: FirmDeps): void {
  app.post(
    '/enterprises/:enterprise/questions/:id/attachments',
    {
      config: { access: 'signed-in', rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'One file as multipart/form-data',
        description: `${attachmentTypes}; at most ${mostAttachmentBytes / 1024 / 1024} MiB`,
        params: RecordParams,
        response: { 201: AttachmentReply },
      },
    },
    async (request, reply) => {
      const part = await request.file({ limits: { fileSize: mostAttachmentBytes, files: 1, fields: 0 } })
      if (!part) throw invalid('file', '(missing)', 'one file in a multipart form')
      const name = safeName(part.filename ?? '')
      const content = await contentOf(part, mostAttachmentBytes)
      const type = sniffAttachment(content)
      if (type === null) throw invalid('file', name, attachmentTypes)
      const by = { name: request.principal?.name ?? '', now: deps.clock.now() }
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        addAttachment(tx, { enterpriseId, id: request.params.id }, { name, type, content }, by),
      )
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.get(
    '/enterprises/:enterprise/questions/:id/attachments/:attachment',
    {
      config: { access: 'signed-in' },
      schema: { tags, params: AttachmentParams, response: { 200: Type.Any({ description: 'the file' }) } },
    },
    async (request, reply) => {
      const { id, attachment } = request.params
      const file = await onRecords(deps, request, (tx, enterpriseId) =>
        findAttachment(tx, { enterpriseId, id }, attachment),
      )
      return reply
        .type(file.type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encoded(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, no-store')
        .send(file.content)
    },
  )
}

/** A whole file of a form; throws too-large for one that was cut off at the bound. */
export async function contentOf(part: MultipartFile, mostBytes: number): Promise<Buffer> {
  return await part.toBuffer().catch((error: { code?: string }) => {
    if (error.code !== 'FST_REQ_FILE_TOO_LARGE') throw error
    const allowed = `at most ${mostBytes} bytes`
    throw new AppError('too-large', `file: ${allowed}`, { field: 'file', allowed })
  })
}

/** A name as RFC 8187 writes it. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  )
}
