import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '../../src/db/embedded.ts'
import { postmasterPid, type ServiceProcess, startServiceProcess } from '../helpers/service-process.ts'

let service: ServiceProcess
let database: EmbeddedDatabase

beforeAll(async () => {
  service = await startServiceProcess()
  database = await startEmbedded(service.home, 'tests', { now: new Date() })
}, 180_000)
afterAll(async () => {
  await database.stop()
  expect(await service.stop()).toBe(0)
})

/** Ends Postgres as the kernel does when memory is short. */
function killDatabase(): void {
  process.kill(postmasterPid(service.home), 'SIGKILL')
}

async function onDatabase<T extends pg.QueryResultRow>(query: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<T>(query)).rows
  } finally {
    await client.end()
  }
}

/** Asks until the answer is as wanted; a refused one must be a 503 that says when to come back. */
interface Import {
  state: string
  error: string | null
}

async function eventually(path: string, wanted: (data: Import) => boolean = () => true) {
  return await expect
    .poll(
      async () => {
        const { status, headers, body } = await service.ask(path)
        if (status === 503) expect([body.code, headers.get('retry-after')]).toEqual(['unavailable', '2'])
        else expect(status).toBe(200)
        return status === 200 && wanted(body.data)
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(true)
}

/** More than four megabytes, so that a thread reads it. */
const rows = 180_000
const file = `数据年月,商品编码,贸易伙伴编码,美元\n${Array.from(
  { length: rows },
  (_, row) => `2026${String(1 + (row % 3)).padStart(2, '0')},0902${1000 + (row % 9000)},116,1\n`,
).join('')}`

async function upload(): Promise<number> {
  const form = new FormData()
  form.append('flow', 'export')
  form.append('file', new Blob([file]), 'load.csv')
  const { status, body } = await service.ask('/imports', form)
  expect(status).toBe(202)
  return body.data.id
}

test('a query under way when the database is killed is a 503, and the next ones are answered again', async () => {
  const lock = new pg.Client({ connectionString: database.url })
  lock.on('error', () => {})
  await lock.connect()
  await lock.query('begin; lock table slice in access exclusive mode')
  const asked = service.ask('/indicators/datasets')
  await expect
    .poll(() => onDatabase(`select from pg_stat_activity where wait_event_type = 'Lock'`), {
      timeout: 30_000,
    })
    .toHaveLength(1)
  killDatabase()
  const { status, body, headers } = await asked
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2'])
  await eventually('/indicators/datasets')
  expect(service.child.exitCode).toBe(null)
})

/** Holds back whoever sums up a load; ends with the database. */
async function holdLoads(): Promise<void> {
  const lock = new pg.Client({ connectionString: database.url })
  lock.on('error', () => {})
  await lock.connect()
  await lock.query('begin; lock table trade_rollup in access exclusive mode')
}

async function heldBack(): Promise<void> {
  await expect
    .poll(() => onDatabase(`select from pg_stat_activity where wait_event_type = 'Lock'`), {
      timeout: 30_000,
    })
    .toHaveLength(1)
}

test('a file being previewed when the database is killed is reported failed and can be sent again', async () => {
  await holdLoads()
  const id = await upload()
  await heldBack()
  killDatabase()
  await eventually(`/imports/${id}`, ({ state }) => state === 'failed')
  const { body } = await service.ask(`/imports/${id}`)
  expect(body.data).toMatchObject({ state: 'failed', error: 'the database broke off; send the file again' })
})

test('a load under way when the database is killed stores nothing, says so, and repeating it completes it', async () => {
  const id = await upload()
  await eventually(`/imports/${id}`, ({ state }) => state === 'previewed')
  await holdLoads()
  const { body: confirmed } = await service.ask(`/imports/${id}/confirm`, {})
  expect(confirmed.data.state).toBe('loading')
  await heldBack()
  killDatabase()
  await eventually(`/imports/${id}`, ({ error }) => error !== null)
  const { body: broken } = await service.ask(`/imports/${id}`)
  expect(broken.data).toMatchObject({
    state: 'previewed',
    error: 'the database broke off; nothing was stored: confirm it again',
  })
  expect(await onDatabase('select count(*)::int as slices from slice')).toEqual([{ slices: 0 }])

  await service.ask(`/imports/${id}/confirm`, {})
  await eventually(`/imports/${id}`, ({ state }) => state === 'loaded')
  const [stored] = await onDatabase(
    `select count(*)::int as facts, count(distinct s.id)::int as slices, min(e.error) as error
     from trade_flow f join slice s on s.id = f.slice_id and s.superseded_at is null
     join source_file e on e.id = s.source_file_id`,
  )
  expect(stored).toEqual({ facts: rows, slices: 3, error: null })
  const [orphans] = await onDatabase(
    'select count(*)::int as n from trade_flow where slice_id not in (select id from slice)',
  )
  expect(orphans).toEqual({ n: 0 })
  expect(service.child.exitCode).toBe(null)
  expect(service.written()).not.toMatch(/unhandled|triggerUncaught/i)
})
