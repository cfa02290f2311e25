import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createToken } from '../../src/enterprises/queries.ts'
import { importFile } from '../../src/ingest/load.ts'
import { readOptions } from '../../src/ingest/options.ts'
import { loadReference } from '../../src/reference/load.ts'
import { evaluateWarnings } from '../../src/warnings/job.ts'
import { loadDefaultRules } from '../../src/warnings/load.ts'
import { clock, startTestService, type TestService } from './service.ts'

let service: TestService
/** The largest exporter of the sample city. */
let firm = ''
let token = ''

beforeAll(async () => {
  service = await startTestService()
  const { owner } = service
  await owner.pool.query('delete from hs_subheading')
  await loadReference(owner.pool)
  await loadDefaultRules(owner.db, clock.now())
  const options = readOptions({}, { acceptPartial: false, dryRun: false })
  const world = { connection: owner, clock, config: readConfig({}), progress: () => {} }
  for (const year of [2025, 2026]) {
    const path = `data/samples/qingshan-export-${year}.csv`
    await importFile(world, { path, options, importedBy: 'test' })
  }
  await evaluateWarnings(world)
  const { rows } = await owner.pool.query(
    `select enterprise from trade_rollup where dims = 'enterprise' and enterprise <> ''
     group by 1 order by sum(value_usd) desc limit 1`,
  )
  firm = rows[0].enterprise
  token = await createToken(owner.db, { name: 'f', role: 'enterprise', enterpriseId: firm }, clock.now())
}, 120_000)
afterAll(() => service.close())

async function get(path: string, bearer = token) {
  const headers = { authorization: `Bearer ${bearer}` }
  const reply = await service.app.inject({ url: `/api/v1${path}`, headers })
  return { status: reply.statusCode, ...reply.json() }
}

test('own trade is what the bureau sees of the firm: by month, product and partner', async () => {
  const own = await get(`/enterprises/${firm}/trade?flow=export&currency=USD`)
  const { officer } = service.tokens
  const query = `flow=export&currency=USD&enterprise=${firm}`
  expect(own.data.months).toEqual((await get(`/indicators/growth?${query}`, officer)).data)
  for (const [part, by] of [
    ['products', 'hs8'],
    ['partners', 'partner'],
  ] as const) {
    const bureau = await get(`/indicators/structure?${query}&by=${by}&top=20`, officer)
    expect(own.data[part]).toEqual(bureau.data)
    expect(own.meta.total).toBe(bureau.meta.total)
  }
  expect(await get(`/enterprises/${firm}/trade?flow=export&currency=USD`, officer)).toEqual(own)
})

test('a firm without trade sees that there is none, and where nothing is loaded that too', async () => {
  await service.owner.db.insertInto('enterprise').values({ id: '9901299999', name: 'new' }).execute()
  const none = await get(`/enterprises/9901299999/trade`, service.tokens.officer)
  expect([none.status, none.meta.total]).toEqual([200, '0'])
  const imports = await get(`/enterprises/${firm}/trade?flow=import`)
  expect([imports.status, imports.data]).toEqual([200, null])
})

test('own warnings are the open ones behind which the firm stands, with its own amounts', async () => {
  const { officer } = service.tokens
  const own = await get(`/enterprises/${firm}/warnings`)
  const expected: [number, string, string][] = []
  for (const { id } of (await get('/warnings?state=open', officer)).data) {
    const { data } = await get(`/warnings/${id}/exposed-enterprises`, officer)
    const mine = data.find((one: { id: string }) => one.id === firm)
    if (mine) expected.push([id, mine.value, mine.base])
  }
  expect(expected.length).toBeGreaterThan(0)
  const found = own.data.map(({ id, value, base }: { id: number; value: string; base: string }) => [
    id,
    value,
    base,
  ])
  expect(found).toEqual(expected)
})
