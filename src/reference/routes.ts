import { type Clock, dateIn } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import type { Api } from '../http/schema.ts'
import { listCountries, searchHs } from './queries.ts'
import { CountriesQuery, CountriesReply, HsSearchQuery, HsSearchReply } from './schema.ts'

export interface ReferenceDeps {
  connection: Connection
  clock: Clock
  config: Config
}

/** Look-ups for forms and tables: HS codes by code or Chinese name, and partners with their groups on a date. */
export function referenceRoutes(app: Api, deps: ReferenceDeps): void {
  app.get(
    '/reference/hs',
    {
      config: { access: 'signed-in' },
      schema: { querystring: HsSearchQuery, response: { 200: HsSearchReply } },
    },
    async (request) => {
      const data = await searchHs(deps.connection.db, request.query.q, request.query.limit ?? 20)
      return { data, meta: { rows: data.length } }
    },
  )
  app.get(
    '/reference/countries',
    {
      config: { access: 'signed-in' },
      schema: { querystring: CountriesQuery, response: { 200: CountriesReply } },
    },
    async (request) => {
      const on = request.query.on ?? dateIn(deps.config.timeZone, deps.clock.now())
      const data = await listCountries(deps.connection.db, on)
      return { data, meta: { rows: data.length, asOf: on } }
    },
  )
}
