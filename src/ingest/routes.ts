import { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { Api } from '../http/schema.ts'
import { codedRejects } from './coded.ts'
import { progressEvents, type Running } from './jobs.ts'
import { mappingRoutes } from './mapping-routes.ts'
import { say } from './messages.ts'
import {
  confirmImport,
  dropImport,
  known,
  type PreviewDeps,
  previewUpload,
  readAgain,
  senderOf,
  shown,
} from './preview.ts'
import { listImports, listRejects } from './queries.ts'
import { invalid, refusal } from './refusals.ts'
import {
  ConfirmBody,
  ImportParams,
  ImportReply,
  ImportsQuery,
  ImportsReply,
  ReadBody,
  RejectsQuery,
  RejectsReply,
} from './schema.ts'
import { undoRoutes } from './undo-routes.ts'
import { failAbandoned, openUploads } from './upload-queries.ts'
import { openRejectsFile, receiveUpload, sweepUploads } from './uploads.ts'

const config = { access: 'officer' } as const
const tags = ['imports']

/** Uploads are previewed first; what the preview shows is loaded when it is confirmed. */
export function ingestRoutes(app: Api, deps: PreviewDeps): void {
  const running: Running = new Map()
  readingRoutes(app, deps, running)
  changingRoutes(app, deps, running)
  mappingRoutes(app, deps)
  undoRoutes(app, deps)
  app.addHook('onListen', () => clearUp(deps, deps.clock))
  app.addHook('onClose', async () => {
    for (const job of running.values()) job.controller.abort()
    await Promise.all([...running.values()].map((job) => job.ended))
  })
}

const hourMs = 3_600_000

/** What instances that died have left: imports that nobody reads, and files that belong to none. */
async function clearUp({ connection, config: { home } }: PreviewDeps, clock: Clock): Promise<void> {
  const now = clock.now()
  await failAbandoned(connection.pool, now)
  await sweepUploads(home, await openUploads(connection.pool), new Date(now.getTime() - hourMs))
}

function changingRoutes(app: Api, deps: PreviewDeps, running: Running): void {
  app.post(
    '/imports',
    {
      config,
      schema: {
        tags,
        summary: 'Upload a file and see what importing it would do',
        description:
          'Multipart form: `file`, and optionally `format`, `flow`, `period`, `currency`, `encoding`, `part`, `rates`, `sheet`, ' +
          '`controlTotal`. A large file is answered while it is being read (state `loading`): ask again, or listen to its events. ' +
          'What must be said first is its `problem` (state `failed`): say it with `/imports/{id}/read`.',
        consumes: ['multipart/form-data'],
        response: { 202: ImportReply },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart())
        throw invalid('content-type', request.headers['content-type'] ?? '', say('say-form'))
      const upload = await receiveUpload(request.parts(), deps.config.home)
      const entry = await previewUpload(deps, running, upload, senderOf(request.principal))
      return reply.status(202).send({ data: entry, meta: {} })
    },
  )

  app.post(
    '/imports/:id/read',
    {
      config,
      schema: {
        tags,
        summary: 'Read the kept file of an import that is not stored once more, with other options',
        description:
          'Only who sent the file; what is left out is recognised. Its earlier preview is replaced.',
        params: ImportParams,
        body: ReadBody,
        response: { 202: ImportReply },
      },
    },
    async (request, reply) => {
      const by = senderOf(request.principal)
      const entry = await readAgain(deps, running, request.params.id, { texts: request.body, by })
      return reply.status(202).send({ data: entry, meta: {} })
    },
  )

  app.post(
    '/imports/:id/confirm',
    {
      config,
      schema: {
        tags,
        summary: 'Load a previewed file',
        params: ImportParams,
        body: ConfirmBody,
        response: { 200: ImportReply },
      },
    },
    async (request) => {
      const data = await confirmImport(deps, running, request.params.id, {
        acceptPartial: request.body?.acceptPartial ?? false,
        by: request.principal?.name ?? '',
      })
      return { data, meta: {} }
    },
  )

  app.delete(
    '/imports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Drop a preview or an attempt that stored nothing, or stop an import being read',
        params: ImportParams,
        response: { 200: ImportReply },
      },
    },
    async (request) => ({ data: await dropImport(deps, running, request.params.id), meta: {} }),
  )
}

function readingRoutes(app: Api, deps: PreviewDeps, running: Running): void {
  const { pool } = deps.connection

  app.get(
    '/imports',
    {
      config,
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: ImportsQuery,
        response: { 200: ImportsReply },
      },
    },
    async (request) => {
      const entries = await listImports(pool, request.query.limit ?? 50, request.query.show)
      return { data: entries.map((entry) => shown(deps, entry, running)), meta: { rows: entries.length } }
    },
  )

  app.get(
    '/imports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'One import and its progress',
        params: ImportParams,
        response: { 200: ImportReply },
      },
    },
    async (request) => ({
      data: shown(deps, (await known(deps, request.params.id)).entry, running),
      meta: {},
    }),
  )

  app.get(
    '/imports/:id/events',
    {
      config,
      schema: {
        tags,
        summary: 'Progress of an import as server-sent events, until it has been read',
        params: ImportParams,
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      await known(deps, request.params.id)
      reply.type('text/event-stream').header('cache-control', 'no-cache').header('x-accel-buffering', 'no')
      return reply.send(Readable.from(progressEvents(running.get(request.params.id))))
    },
  )

  app.get(
    '/imports/:id/rejects',
    {
      config,
      schema: {
        tags,
        summary: 'Rejected rows: the first ten thousand as JSON, all of them as CSV',
        params: ImportParams,
        querystring: RejectsQuery,
        response: { 200: RejectsReply },
      },
    },
    async (request, reply) => {
      const { entry } = await known(deps, request.params.id)
      const csv = request.query.format === 'csv' || request.headers.accept?.startsWith('text/csv')
      if (csv && request.query.format !== 'json') {
        const file = openRejectsFile(deps.config.home, entry.sha256)
        if (file === null) throw refusal('not-found', 'import-no-rejects', { id: entry.id })
        reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="rejects-${entry.id}.csv"`)
        return reply.send(file as never)
      }
      const rejects = await listRejects(pool, entry.id)
      return { data: codedRejects(rejects), meta: { rows: rejects.length } }
    },
  )
}
