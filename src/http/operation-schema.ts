import { Type } from 'typebox'
import { envelope } from './schema.ts'

const Instant = Type.String({ description: 'ISO 8601 instant' })
const OptionalText = Type.Union([Type.String(), Type.Null()])

const Run = Type.Object({
  startedAt: Instant,
  endedAt: Instant,
  outcome: Type.Enum(['done', 'idle', 'failed'], { description: 'idle: there was nothing to do' }),
  detail: OptionalText,
})
export const JobsReply = envelope(
  Type.Array(
    Type.Object({
      job: Type.String(),
      schedule: Type.String({ description: 'as cron writes it, in the zone of the bureau' }),
      nextRun: Instant,
      runs: Type.Array(Run, { description: 'newest first; of those that found nothing only the latest' }),
    }),
  ),
  Type.Object({ timeZone: Type.String() }),
)
export type JobsReply = Type.Static<typeof JobsReply>

export const DatabaseReply = envelope(
  Type.Object({
    version: Type.String(),
    bytes: Type.Integer(),
    migrations: Type.Integer(),
    files: Type.Integer({ description: 'loaded and not undone' }),
    currentSlices: Type.Integer(),
    olderSlices: Type.Integer(),
    currentFacts: Type.Integer(),
    rollupRows: Type.Integer(),
    rollups: Type.Object({
      slices: Type.Integer(),
      checked: Type.Integer({ description: 'the newest first, as many as fit into the time given' }),
      differ: Type.Integer({ description: 'slices and sums that do not equal their facts' }),
    }),
  }),
  Type.Object({ asOf: Instant }),
)
export type DatabaseReply = Type.Static<typeof DatabaseReply>

export const PacksReply = envelope(
  Type.Object({
    packs: Type.Array(
      Type.Object({
        id: Type.String(),
        regime: Type.String({ description: 'MFN, RCEP or another agreement' }),
        importer: Type.String(),
        group: OptionalText,
        lines: Type.Integer(),
        source: Type.String(),
        published: OptionalText,
        validFrom: Type.String(),
        validTo: OptionalText,
        shipped: Type.Boolean(),
        loadedAt: Instant,
      }),
    ),
    missing: Type.Array(
      Type.Object({
        importer: Type.String(),
        group: Type.String(),
        file: Type.Object({ zh: Type.String(), en: Type.String() }),
      }),
      { description: 'RCEP schedules that are not loaded, and the official text that holds them' },
    ),
    rules: Type.Array(
      Type.Object({
        agreement: Type.String(),
        rows: Type.Integer(),
        source: Type.String(),
        complete: Type.Boolean(),
      }),
    ),
    tables: Type.Array(Type.Object({ name: Type.String(), rows: Type.Integer(), sha256: Type.String() })),
  }),
  Type.Object({ rows: Type.Integer() }),
)
export type PacksReply = Type.Static<typeof PacksReply>
