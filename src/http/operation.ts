import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Connection } from '../db/connect.ts'
import { databaseStatus } from '../db/status.ts'
import { rollupsEqualFacts } from '../indicators/consistency-queries.ts'
import { jobs, nextRun } from '../jobs/plan.ts'
import { listRuns } from '../jobs/run-queries.ts'
import { parties } from '../rcep/parties.ts'
import { loadedPacks } from '../rcep/queries.ts'
import { shippedBooks } from '../rcep/rules/books.ts'
import { loadedRuleSets } from '../rcep/rules/queries.ts'
import { officialFile } from '../rcep/tariff/official-files.ts'
import { partyGroups } from '../rcep/tariff/party-groups.ts'
import { loadedReference } from '../reference/queries.ts'
import { workingCalendar } from '../warnings/load.ts'
import { isWorkingDay } from '../warnings/mail/working-days.ts'
import { DatabaseReply, JobsReply, PacksReply } from './operation-schema.ts'
import type { Api } from './schema.ts'

const tags = ['operation']
const config = { access: 'admin' } as const
const keptRuns = 400
const consistencyBudgetMs = 5_000

/** What keeps the service going, for its administrator: jobs, database, and the facts it rests on. */
export function operationRoutes(
  api: Api,
  deps: { connection: Connection; clock: Clock; config: Config },
): void {
  api.get(
    '/operation/jobs',
    { config, schema: { tags, summary: 'Regular jobs: next and last runs', response: { 200: JobsReply } } },
    () => jobsAnswer(deps),
  )
  api.get(
    '/operation/database',
    {
      config,
      schema: {
        tags,
        summary: 'Database, and whether rollups equal their facts',
        response: { 200: DatabaseReply },
      },
    },
    async () => {
      const { pool } = deps.connection
      const { slices, checked, differences } = await rollupsEqualFacts(pool, consistencyBudgetMs)
      const rollups = { slices, checked, differ: differences.length }
      const data = { ...(await databaseStatus(pool)), rollups }
      return { data, meta: { asOf: deps.clock.now().toISOString() } }
    },
  )
  api.get(
    '/operation/reference',
    {
      config: { access: 'officer' },
      schema: { tags, summary: 'Facts that are loaded, and which are not', response: { 200: PacksReply } },
    },
    () => packsAnswer(deps.connection),
  )
}

async function jobsAnswer(deps: {
  connection: Connection
  clock: Clock
  config: Config
}): Promise<JobsReply> {
  const { timeZone, home } = deps.config
  const runs = await listRuns(deps.connection.db, keptRuns)
  const calendar = workingCalendar(home)
  const world = { now: deps.clock.now(), timeZone, worksOn: (date: string) => isWorkingDay(date, calendar) }
  const data = jobs.map((job) => ({
    job: job.name,
    schedule: job.cron,
    nextRun: nextRun(job, world).toISOString(),
    runs: runs
      .filter((run) => run.job === job.name)
      .slice(0, 20)
      .map(({ startedAt, endedAt, outcome, detail }) => ({
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        outcome,
        detail,
      })),
  }))
  return { data, meta: { timeZone } }
}

async function packsAnswer({ db }: Connection): Promise<PacksReply> {
  const packs = await loadedPacks(db)
  const loaded = new Set(
    packs.filter(({ regime }) => regime === 'RCEP').map(({ importer, group }) => `${importer} ${group}`),
  )
  const missing = parties.flatMap((importer) =>
    partyGroups(importer)
      .filter(({ name }) => !loaded.has(`${importer} ${name}`))
      .map(({ name: group }) => ({
        importer,
        group,
        file: { zh: officialFile(importer, group, 'zh'), en: officialFile(importer, group, 'en') },
      })),
  )
  const rules = [
    ...shippedBooks().map(({ id, rules, source, complete }) => ({
      agreement: id,
      rows: rules.size,
      source: source.zh,
      complete,
    })),
    ...(await loadedRuleSets(db)).map(({ agreement, rows, origin }) => ({
      agreement: `origin-${agreement.toLowerCase()}`,
      rows,
      source: origin,
      complete: true,
    })),
  ]
  const data = {
    packs: packs.map(({ loadedAt, ...pack }) => ({ ...pack, loadedAt: loadedAt.toISOString() })),
    missing,
    rules,
    tables: await loadedReference(db),
  }
  return { data, meta: { rows: packs.length } }
}
