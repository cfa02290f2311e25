import type { TObject, TSchema } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Connection, Database } from '../db/connect.ts'
import { type Api, strict } from '../http/schema.ts'
import { FormatQuery, inFormat, type Sheet } from '../sheet.ts'
import { loadCorrelations, loadDescription, loadPivot, loadRolling } from './load.ts'
import * as schemas from './schema.ts'
import { correlationSheet, descriptionSheet, pivotSheet, rollingSheet } from './sheets.ts'

interface Deps {
  connection: Connection
  clock: Clock
}

/** Data frames over the loaded trade. POST, because the question is a body; nothing is changed. */
export function analysisRoutes(app: Api, deps: Deps): void {
  frameRoute<schemas.PivotQuery, schemas.PivotReply>(app, deps, {
    name: 'pivot',
    summary: 'Trade set out by two labels: period, year, product, partner, …',
    query: schemas.PivotQuery,
    reply: schemas.PivotReply,
    load: loadPivot,
    sheet: pivotSheet,
  })
  frameRoute<schemas.DescribeQuery, schemas.DescribeReply>(app, deps, {
    name: 'describe',
    summary: 'Count, mean, spread and range of the monthly figures of each line',
    query: schemas.DescribeQuery,
    reply: schemas.DescribeReply,
    load: loadDescription,
    sheet: descriptionSheet,
  })
  frameRoute<schemas.CorrelateQuery, schemas.CorrelateReply>(app, deps, {
    name: 'correlate',
    summary: 'How closely the largest lines move together',
    query: schemas.CorrelateQuery,
    reply: schemas.CorrelateReply,
    load: loadCorrelations,
    sheet: correlationSheet,
  })
  frameRoute<schemas.RollingQuery, schemas.RollingReply>(app, deps, {
    name: 'rolling',
    summary: 'A statistic over a moving window of each line',
    query: schemas.RollingQuery,
    reply: schemas.RollingReply,
    load: loadRolling,
    sheet: rollingSheet,
  })
}

function frameRoute<Query, Answer>(
  app: Api,
  { connection, clock }: Deps,
  route: {
    name: string
    summary: string
    query: TObject
    reply: TSchema
    load: (db: Database, query: Query, now: Date) => Promise<Answer>
    sheet: (answer: Answer) => Sheet
  },
): void {
  const { name, summary, sheet } = route
  app.post(
    `/analysis/${name}`,
    {
      config: { access: 'officer' },
      schema: {
        tags: ['analysis'],
        summary,
        body: route.query,
        querystring: strict({ format: FormatQuery }),
        response: { 200: route.reply },
      },
    },
    async (request, reply) => {
      const answer = await route.load(connection.db, request.body as Query, clock.now())
      return inFormat({ request, reply }, { answer, sheet: () => sheet(answer), name })
    },
  )
}
