import { Readable } from 'node:stream'
import { AppError, invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { progressEvents, type Running } from './jobs.ts'
import { mappingRoutes } from './mapping-routes.ts'
import { confirmImport, dropImport, known, type PreviewDeps, previewUpload, shown } from './preview.ts'
import { failAbandoned, listImports, listRejects } from './queries.ts'
import {
  ConfirmBody,
  ImportParams,
  ImportReply,
  ImportsQuery,
  ImportsReply,
  RejectsQuery,
  RejectsReply,
} from './schema.ts'
import { undoRoutes } from './undo-routes.ts'
import { openRejectsFile, receiveUpload } from './uploads.ts'

const config = { access: 'officer' } as const
const tags = ['imports']

/** Uploads are previewed first; what the preview shows is loaded when it is confirmed. */
export function ingestRoutes(app: Api, deps: PreviewDeps): void {
  const running: Running = new Map()
  readingRoutes(app, deps, running)
  changingRoutes(app, deps, running)
  mappingRoutes(app, deps)
  undoRoutes(app, deps)
  app.addHook('onListen', () => failAbandoned(deps.connection.pool, deps.clock.now()))
  app.addHook('onClose', async () => {
    for (const job of running.values()) job.controller.abort()
    await Promise.all([...running.values()].map((job) => job.ended))
  })
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
          '`controlTotal`. A large file is answered while it is being read (state `loading`): ask again, or listen to its events.',
        consumes: ['multipart/form-data'],
        response: { 202: ImportReply },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart())
        throw invalid('content-type', request.headers['content-type'] ?? '', 'multipart/form-data')
      const upload = await receiveUpload(request.parts(), deps.config.home)
      const entry = await previewUpload(deps, running, upload, request.principal?.name ?? '')
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
        summary: 'Drop a preview, or stop an import being read',
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
      const entries = await listImports(pool, request.query.limit ?? 50)
      return { data: entries.map((entry) => shown(entry, running)), meta: { rows: entries.length } }
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
    async (request) => ({ data: shown((await known(deps, request.params.id)).entry, running), meta: {} }),
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
        if (file === null) throw new AppError('not-found', `import ${entry.id}: no row was rejected`)
        reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="rejects-${entry.id}.csv"`)
        return reply.send(file as never)
      }
      const rejects = await listRejects(pool, entry.id)
      return { data: rejects, meta: { rows: rejects.length } }
    },
  )
}
