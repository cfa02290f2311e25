import { readdirSync } from 'node:fs'
import fc, { type Arbitrary } from 'fast-check'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { Compile, type Validator } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { addAccount } from '../../src/enterprises/queries.ts'
import { newToken } from '../../src/enterprises/secrets.ts'
import { Problem } from '../../src/http/schema.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadTariffs } from '../../src/rcep/load.ts'
import { loadReference } from '../../src/reference/load.ts'
import { loadDefaultRules } from '../../src/warnings/load.ts'
import { damaged, fitting, type Schema } from './from-schema.ts'
import { clock, type Operation, operationsOf, startTestService, type TestService } from './service.ts'

/** FUZZ_REQUESTS and FUZZ_SEED ask for more, or for a failure again. */
const wanted = Number(process.env.FUZZ_REQUESTS ?? 20_000)
const seed = Number(process.env.FUZZ_SEED ?? 20261123)
const together = 8
/** A preview reads a whole file into tables of its own: a second each, so there are few. */
const uploads = 25

let service: TestService

beforeAll(async () => {
  service = await startTestService()
  const { owner } = service
  await owner.pool.query('delete from hs_subheading')
  await loadReference(owner.pool)
  await loadTariffs(owner.pool, clock.now())
  await loadDefaultRules(owner.db, clock.now())
  const samples = readdirSync('data/samples')
    .filter((name) => name.endsWith('.csv'))
    .sort()
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  const world = { connection: owner, clock, config: readConfig({}), progress: () => {} }
  await importFile(world, { path: `data/samples/${samples[0]}`, options, importedBy: 'fuzz' })
  const person = { email: 'fuzz@example.cn', name: 'Fuzz', role: 'admin' as const, enterpriseId: null }
  await addAccount(owner.db, { ...person, password: 'correct horse battery' }, clock.now())
}, 180_000)
afterAll(() => service.close())

interface Trial {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  role: 'admin' | 'enterprise'
}

test('no request brings the service down and every answer keeps to its schema', async () => {
  const operations = operationsOf(service.app)
  const each = Math.ceil(wanted / (operations.length - 1))
  const queue = operations.flatMap((operation) => {
    const numRuns = isUpload(operation) ? uploads : each
    return fc.sample(trials(operation), { numRuns, seed }).map((trial) => ({ operation, trial }))
  })
  /** One example of each way an operation went wrong. */
  const broken = new Map<string, string>()
  const statuses: Record<string, number> = {}
  let at = 0
  const work = async () => {
    for (let next = queue[at++]; next; next = queue[at++]) {
      const request = await requestOf(next.operation, next.trial)
      const reply = await service.app.inject(request)
      statuses[reply.statusCode] = (statuses[reply.statusCode] ?? 0) + 1
      const complaint = complaintOf(next.operation, reply)
      const { method, path } = next.operation
      if (complaint)
        broken.set(
          `${method} ${path}: ${complaint.slice(0, 70)}`,
          `${complaint} <- ${method} ${shown(request)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: together }, work))
  expect([...broken.values()]).toEqual([])
  expect(statuses[503] ?? 0).toBeLessThan(wanted / 100)
  expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(wanted)
  console.log(`fuzz: ${queue.length} requests to ${operations.length} operations, seed ${seed}:`, statuses)
}, 900_000)

/** Half of the requests fit the schemas, half are damaged in one part. */
function trials(operation: Operation): Arbitrary<Trial> {
  const bodySchema = operation.requestBody?.content['application/json']?.schema as Schema | undefined
  const valid = fc.record({
    params: fieldsOf(operation, 'path'),
    query: fieldsOf(operation, 'query'),
    body: bodySchema ? fitting(bodySchema) : fc.constant(undefined),
    role: fc.constantFrom('admin' as const, 'admin' as const, 'enterprise' as const),
  })
  const invalid = valid.chain((trial) =>
    fc.constantFrom('params' as const, 'query' as const, 'body' as const).chain((part) =>
      damaged(trial[part]).map((waste): Trial => {
        if (part === 'body') return { ...trial, body: waste }
        const fields = typeof waste === 'object' && waste !== null ? waste : { extra: waste }
        return { ...trial, [part]: { ...(part === 'params' ? trial.params : {}), ...fields } }
      }),
    ),
  )
  return fc.oneof(valid, invalid)
}

function fieldsOf(operation: Operation, place: string): Arbitrary<Record<string, unknown>> {
  const fields = operation.parameters.filter((parameter) => parameter.in === place)
  const schema: Schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, field.schema as Schema])),
    required: fields.filter((field) => field.required).map((field) => field.name),
  }
  return fitting(schema) as Arbitrary<Record<string, unknown>>
}

async function requestOf(operation: Operation, trial: Trial): Promise<InjectOptions> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const text = encoded(trial.params[name] ?? '')
    // Its own tokens stay valid.
    return operation.path.endsWith('/tokens/{id}') && Number(text) <= 3 ? '4' : text
  })
  const query = Object.entries(trial.query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(one)}`),
  )
  const url = query.length > 0 ? `${path}?${query.join('&')}` : path
  const headers: Record<string, string> = /\/session|second-factor/.test(path)
    ? { cookie: `tradewind_session=${await freshSession()}` }
    : { authorization: `Bearer ${service.tokens[trial.role]}` }
  const payload = operation.method === 'GET' ? undefined : await payloadOf(operation, trial.body)
  return {
    method: operation.method,
    url,
    headers: { ...headers, ...payload?.headers },
    ...(payload && { payload: payload.text }),
  }
}

function isUpload({ method, path }: Operation): boolean {
  return method === 'POST' && path.endsWith('/imports')
}

async function payloadOf(operation: Operation, body: unknown) {
  if (isUpload(operation)) {
    const text = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${String(body ?? '年月,商品编码\n1,2')}\r\n--x--\r\n`
    return { text, headers: { 'content-type': 'multipart/form-data; boundary=x' } }
  }
  if (body === undefined) return undefined
  return { text: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Asking about oneself needs a person who signed in; some of these requests end the session they come with. */
async function freshSession(): Promise<string> {
  const { token, hash } = newToken('tws')
  await service.owner.pool.query(
    `insert into session (token_hash, account_id, created_at, expires_at)
     select $1, id, $2, $2::timestamptz + interval '1 day' from account where email = 'fuzz@example.cn'`,
    [hash, clock.now()],
  )
  return token
}

function encoded(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.toWellFormed())
}

const problem = Compile(Problem)
const compiled = new Map<object, Validator>()

function complaintOf(operation: Operation, reply: LightMyRequestResponse): string | null {
  const { statusCode: status } = reply
  const type = String(reply.headers['content-type'] ?? '')
  if (status >= 500) {
    // Turned away while this machine is too busy, and told when to come back; how often is bounded above.
    const later = status === 503 && reply.headers['retry-after'] !== undefined
    return later ? null : `${status} ${reply.body.slice(0, 300)}`
  }
  if (status >= 400) {
    // A person opens it from a mail: what is wrong is said on a page.
    if (operation.path.includes('/unsubscribe/') && status === 404 && type.startsWith('text/html'))
      return null
    if (!type.startsWith('application/problem+json')) return `${status} as ${type}`
    return problem.Check(reply.json()) ? null : `${status} is no problem: ${reply.body.slice(0, 300)}`
  }
  const declared = operation.responses[status]
  if (!declared) return `${status} is not in the document`
  const schema = declared.content?.['application/json']?.schema
  if (!schema || !type.startsWith('application/json')) return null
  const check = compiled.get(schema) ?? Compile(schema as never)
  compiled.set(schema, check)
  const body = reply.json()
  if (check.Check(body)) return null
  const [error] = check.Errors(body)
  return `${status} breaks its schema at ${error?.instancePath}: ${error?.message}: ${reply.body.slice(0, 300)}`
}

function shown({ url, payload }: InjectOptions): string {
  return `${String(url).slice(0, 300)} ${payload === undefined ? '' : String(payload).slice(0, 300)}`
}
