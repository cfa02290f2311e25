import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { sharedPath } from '../helpers/shared.ts'
import { type Importer, importer } from './import-file.ts'

let database: TestDatabase
let load: Importer

beforeAll(async () => {
  database = await freshDatabase()
  load = importer(database)
})
afterAll(() => database.close())

/** Sums the quoted last column by month with nothing of the importer: every cell is quoted in these downloads. */
function independentSums(path: string): [string, bigint][] {
  const lines = new TextDecoder('gb18030').decode(readFileSync(path)).trim().split(/\r?\n/).slice(1)
  const sums = new Map<string, bigint>()
  for (const line of lines) {
    const cells = line.slice(1, line.lastIndexOf('"')).split('","')
    const month = `${cells[0]?.slice(0, 4)}-${cells[0]?.slice(4)}`
    sums.set(month, (sums.get(month) ?? 0n) + BigInt((cells.at(-1) ?? '').replaceAll(',', '')))
  }
  return [...sums].sort()
}

describe.each(['harukaworks_soy_2023.csv', 'harukaworks_soy_2024in.csv'])('customs download %s', (name) => {
  const path = sharedPath(`data/trade/gacc/${name}`)

  test.skipIf(path === null)(
    'totals by month equal an independent sum; the second time it is a duplicate',
    async () => {
      if (path === null) return
      const report = await load.path(path, { flow: 'import' })
      expect(report).toMatchObject({ status: 'loaded', file: { encoding: 'gb18030', format: 'customs-cn' } })
      expect(report.totals.map((total) => [total.period, BigInt(total.value)])).toEqual(independentSums(path))
      expect((await load.path(path, { flow: 'import' })).status).toBe('duplicate')
    },
  )
})

describe('files of other kinds', () => {
  test.each([
    'gacc/harukaworks_soy_agen.csv',
    'gacc/yyz_gacc_summary.xlsx',
    'baci/africa_exports_to_us_2002_2023_baci_raw.csv',
    'baci/country_codes_V202501.csv',
    'baci/product_codes_HS22_V202501.csv',
  ])('%s is refused with a reason', async (name) => {
    const path = sharedPath(`data/trade/${name}`)
    if (path === null) return
    const report = await load.path(path)
    expect(report).toMatchObject({ status: 'refused', rejects: [{ reason: expect.any(String) }] })
  })
})
