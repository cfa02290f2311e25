import { inScope } from '../db/scope.ts'
import type { Api, Principal } from '../http/schema.ts'
import { everyEnterprise, scopeOf } from './access.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { ask, changeState, findQuestion, listQuestions, type Writer, writeOn } from './question-queries.ts'
import {
  EntryBody,
  InboxQuery,
  QuestionBody,
  type QuestionDetail,
  QuestionReply,
  QuestionsReply,
  StateBody,
} from './question-schema.ts'
import { type FirmDeps, onRecords } from './record-queries.ts'
import { EnterpriseParams, RecordParams } from './record-schema.ts'
import { tellAbout } from './tell-queries.ts'

const config = { access: 'signed-in' } as const
/** Each mails everybody on the other side. */
const telling = { ...config, rateLimit: { max: 30, timeWindow: '1 minute' } } as const
const tags = ['questions']

/** Questions of firms to the bureau: a firm's own, and the inbox of the bureau. */
export function questionRoutes(app: Api, deps: FirmDeps): void {
  const { db } = deps.connection
  app.get(
    '/questions',
    {
      config: { access: 'officer' },
      schema: {
        tags,
        summary: 'The inbox: questions of all firms, those that wait for the bureau first',
        querystring: InboxQuery,
        response: { 200: QuestionsReply },
      },
    },
    async (request) => {
      const data = await inScope(db, everyEnterprise, (tx) => listQuestions(tx, request.query))
      return { data, meta: { rows: data.length } }
    },
  )
  app.get(
    '/enterprises/:enterprise/questions',
    { config, schema: { tags, params: EnterpriseParams, response: { 200: QuestionsReply } } },
    async (request) => {
      const data = await onRecords(deps, request, (tx, enterprise) => listQuestions(tx, { enterprise }))
      return { data, meta: { rows: data.length } }
    },
  )
  app.get(
    '/enterprises/:enterprise/questions/:id',
    { config, schema: { tags, params: RecordParams, response: { 200: QuestionReply } } },
    async (request) => {
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        findQuestion(tx, { enterpriseId, id: request.params.id }),
      )
      return { data, meta: {} }
    },
  )
  changingRoutes(app, deps)
  attachmentRoutes(app, deps)
}

function changingRoutes(app: Api, deps: FirmDeps): void {
  app.post(
    '/enterprises/:enterprise/questions',
    {
      config: telling,
      schema: { tags, params: EnterpriseParams, body: QuestionBody, response: { 201: QuestionReply } },
    },
    async (request, reply) => {
      const by = writerOf(deps, request.principal)
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        ask(tx, enterpriseId, request.body, by),
      )
      await tell(deps, data, by)
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.post(
    '/enterprises/:enterprise/questions/:id/entries',
    {
      config: telling,
      schema: {
        tags,
        summary: 'An answer where the bureau writes, an addition where the firm does',
        params: RecordParams,
        body: EntryBody,
        response: { 201: QuestionReply },
      },
    },
    async (request, reply) => {
      const by = writerOf(deps, request.principal)
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        writeOn(tx, { enterpriseId, id: request.params.id }, request.body.body, by),
      )
      await tell(deps, data, by)
      return reply.status(201).send({ data, meta: {} })
    },
  )
  app.put(
    '/enterprises/:enterprise/questions/:id/state',
    {
      config: telling,
      schema: { tags, params: RecordParams, body: StateBody, response: { 200: QuestionReply } },
    },
    async (request) => {
      const by = writerOf(deps, request.principal)
      const data = await onRecords(deps, request, (tx, enterpriseId) =>
        changeState(tx, { enterpriseId, id: request.params.id }, request.body.state, by),
      )
      await tell(deps, data, by)
      return { data, meta: {} }
    },
  )
}

async function tell(deps: FirmDeps, question: QuestionDetail, by: Writer & { now: Date }): Promise<void> {
  const entryId = question.entries.at(-1)?.id
  if (entryId === undefined) return
  const told = { question, entryId, byBureau: by.ofBureau }
  await tellAbout(deps.connection.db, told, { publicUrl: deps.config.publicUrl, now: by.now })
}

/** Who writes, and when. */
export function writerOf(deps: FirmDeps, principal: Principal | null): Writer & { now: Date } {
  const ofBureau = scopeOf(principal) === everyEnterprise
  return { name: principal?.name ?? '', ofBureau, now: deps.clock.now() }
}
