import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TObject, TSchema } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Connection, Database } from '../db/connect.ts'
import { type Access, type Api, strict } from '../http/schema.ts'
import { formatWanted, inFormat, type Sheet, type SheetFormat } from '../sheet.ts'
import * as analysis from './analysis-schema.ts'
import { type KeptAnswers, keptAnswers } from './kept-queries.ts'
import { loadDatasetList } from './load.ts'
import { loadGrowth, loadStructure } from './load-answers.ts'
import { loadCompetitiveness } from './load-competitiveness.ts'
import { loadDecomposition } from './load-decomposition.ts'
import { loadFirms } from './load-firms.ts'
import { loadProjection } from './load-projection.ts'
import { loadPublic } from './load-public.ts'
import * as schemas from './schema.ts'
import {
  competitivenessSheet,
  decompositionSheet,
  firmsSheet,
  growthSheet,
  projectionSheet,
  publicSheet,
  structureSheet,
} from './sheets.ts'

const tags = ['indicators']

interface World {
  connection: Connection
  clock: Clock
}

interface Deps extends World {
  kept: KeptAnswers
}

/** Indicators of the loaded trade, each as JSON or as a table in a file, and what is loaded. */
export function indicatorRoutes(app: Api, world: World): void {
  const deps = { ...world, kept: keptAnswers(world.connection.db) }
  tableRoute<schemas.StructureQuery, schemas.StructureReply>(app, deps, {
    path: '/indicators/structure',
    summary: 'Shares, growth, pull and concentration by product, partner, mode, …',
    query: schemas.StructureQuery,
    reply: schemas.StructureReply,
    load: loadStructure,
    sheet: structureSheet,
  })
  tableRoute<schemas.GrowthQuery, schemas.GrowthReply>(app, deps, {
    path: '/indicators/growth',
    summary: 'Year-on-year, cumulative and rolling growth by month',
    query: schemas.GrowthQuery,
    reply: schemas.GrowthReply,
    load: loadGrowth,
    sheet: growthSheet,
  })
  tableRoute<analysis.DecompositionQuery, analysis.DecompositionReply>(app, deps, {
    path: '/indicators/decomposition',
    summary: 'Why trade changed between two periods: exact parts that add up to the change',
    query: analysis.DecompositionQuery,
    reply: analysis.DecompositionReply,
    load: loadDecomposition,
    sheet: decompositionSheet,
  })
  tableRoute<analysis.CompetitivenessQuery, analysis.CompetitivenessReply>(app, deps, {
    path: '/indicators/competitiveness',
    summary: 'Comparative advantage, specialisation, intensity, complementarity and similarity of a year',
    query: analysis.CompetitivenessQuery,
    reply: analysis.CompetitivenessReply,
    load: loadCompetitiveness,
    sheet: competitivenessSheet,
  })
  tableRoute<analysis.ProjectionQuery, analysis.ProjectionReply>(app, deps, {
    path: '/indicators/projection',
    summary:
      'The exports of a year against product complexities solved elsewhere: complexity, advantage, density',
    query: analysis.ProjectionQuery,
    reply: analysis.ProjectionReply,
    load: loadProjection,
    sheet: projectionSheet,
  })
  tableRoute<analysis.FirmsQuery, analysis.FirmsReply>(app, deps, {
    path: '/indicators/firms',
    summary: 'Enterprises that began, returned, grew, shrank and stopped, and how much hangs on the largest',
    query: analysis.FirmsQuery,
    reply: analysis.FirmsReply,
    load: loadFirms,
    sheet: firmsSheet,
  })
  tableRoute<analysis.PublicQuery, analysis.PublicReply>(app, deps, {
    path: '/indicators/public-structure',
    summary: 'The structure of a year without what would reveal one or two enterprises',
    access: 'signed-in',
    query: analysis.PublicQuery,
    reply: analysis.PublicReply,
    load: loadPublic,
    sheet: publicSheet,
  })
  app.get(
    '/indicators/datasets',
    {
      config: { access: 'officer' },
      schema: {
        tags,
        summary: 'What is loaded, by dataset and flow',
        querystring: strict({}),
        response: { 200: schemas.DatasetsReply },
      },
    },
    async (request, reply) => {
      const now = deps.clock.now()
      const answer = await deps.kept.answer('datasets', now, () => loadDatasetList(deps.connection.db, now))
      return unlessUnchanged(request, reply, answer, 'json')
    },
  )
}

interface Answered {
  data: unknown
  meta: object
}

function tableRoute<Query extends object, Answer extends Answered>(
  app: Api,
  deps: Deps,
  route: {
    path: string
    summary: string
    access?: Access
    query: TObject
    reply: TSchema
    load: (db: Database, query: Query, now: Date) => Promise<Answer>
    sheet: (answer: Answer) => Sheet
  },
): void {
  const querystring = analysis.withFormat(route.query)
  app.get(
    route.path,
    {
      config: { access: route.access ?? 'officer' },
      schema: { tags, summary: route.summary, querystring, response: { 200: route.reply } },
    },
    async (request, reply) => {
      const { format: asked, ...query } = request.query as Query & { format?: SheetFormat }
      const now = deps.clock.now()
      const answer = await deps.kept.answer(`${route.path} ${JSON.stringify(query)}`, now, () =>
        route.load(deps.connection.db, query as unknown as Query, now),
      )
      const body = unlessUnchanged(request, reply, answer, formatWanted(asked, request.headers.accept))
      if (body !== answer) return body
      const name = route.path.split('/').at(-1) ?? ''
      return inFormat({ request, reply }, { answer, sheet: () => route.sheet(answer), name })
    },
  )
}

/** Tags the answer by everything in it but the instant of the question; 304 without a body when the caller has it. */
function unlessUnchanged<Answer extends Answered>(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  format: SheetFormat,
): Answer | FastifyReply {
  const content = JSON.stringify([format, answer.data, { ...answer.meta, asOf: null }])
  const tag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'accept')
  const held = request.headers['if-none-match']?.split(',').map((text) => text.trim()) ?? []
  return held.includes(tag) || held.includes('*') ? reply.code(304).send() : answer
}
