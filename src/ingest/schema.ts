import { Type } from 'typebox'
import { envelope, Said, strict } from '../http/schema.ts'

export const OptionalText = Type.Union([Type.String(), Type.Null()])
const AmountText = Type.String({ description: 'exact decimal' })
export const OptionalAmount = Type.Union([AmountText, Type.Null()])
export const FlowText = Type.Enum(['export', 'import', 're-export', 're-import'])

/** Counted rows and values of a slice; a currency the source does not give is null. */
const SliceSum = Type.Object({ rows: Type.Integer(), valueCny: OptionalAmount, valueUsd: OptionalAmount })
export type SliceSum = Type.Static<typeof SliceSum>

export const Total = Type.Object({
  flow: FlowText,
  period: Type.String({ description: 'YYYY-MM, YYYY-01/02 or YYYY' }),
  currency: Type.String({ description: 'CNY, USD, or what was declared where neither is known' }),
  rows: Type.Integer(),
  value: AmountText,
})
export type Total = Type.Static<typeof Total>

export const SliceChange = Type.Object({
  dataset: Type.String(),
  flow: FlowText,
  period: Type.String(),
  action: Type.Enum(['new', 'replaced']),
  before: Type.Union([SliceSum, Type.Null()]),
  after: SliceSum,
  partners: Type.Integer({ description: 'slices behind this line: sources by partner have one for each' }),
  replaced: Type.Integer({ description: 'how many of those replace an older vintage' }),
})
export type SliceChange = Type.Static<typeof SliceChange>

export const RejectEntry = Type.Object({
  line: Type.Integer(),
  column: Type.String(),
  value: Type.String(),
  reason: Type.String(),
  hint: Type.String(),
  reasonCode: Type.Optional(Said),
  hintCode: Type.Optional(Said),
})

/** What a person should look at before relying on a file. */
export const Quality = Type.Object({
  missing: Type.Array(Type.Object({ column: Type.String(), rows: Type.Integer(), share: Type.Number() }), {
    description: 'rows without a value, by column',
  }),
  missingPeriods: Type.Array(Type.String(), {
    description: 'months left out between the first and the last',
  }),
  unknown: Type.Optional(
    Type.Array(
      Type.Object({
        column: Type.String(),
        reason: Type.String(),
        reasonCode: Type.Optional(Said),
        rows: Type.Integer(),
        values: Type.Array(Type.String(), { description: 'the first fifty' }),
        different: Type.Integer({ description: '1000: that many or more' }),
      }),
      { description: 'codes that no list has, kept as they are; not in reports of earlier releases' },
    ),
  ),
  codeLists: Type.Optional(
    Type.Array(
      Type.Object({
        year: Type.Integer(),
        lines: Type.Union([Type.Integer(), Type.Null()], {
          description:
            'year of the eight-digit list used; null: none of the same edition is known, six digits were looked up',
        }),
        edition: Type.String(),
      }),
      { description: 'the lists in which codes were looked up' },
    ),
  ),
  unitChanges: Type.Array(Type.Object({ hs: Type.String(), units: Type.Array(Type.String()) }), {
    description:
      'codes with more than one unit, within the file or against what it replaces; the first twenty',
  }),
  outliers: Type.Array(
    Type.Object({
      line: Type.Integer(),
      hs: Type.String(),
      partner: Type.String(),
      unitValue: AmountText,
      median: AmountText,
    }),
    {
      description:
        'lines whose value per unit is a hundred times off the median of their code; the first twenty',
    },
  ),
  controls: Type.Array(
    Type.Object({
      dataset: Type.String(),
      flow: FlowText,
      period: Type.String(),
      scope: Type.String(),
      stated: AmountText,
      parts: AmountText,
    }),
    { description: 'totals stated in the file that its parts do not add up to; the first twenty' },
  ),
  controlTotal: Type.Union([
    Type.Object({
      stated: AmountText,
      currency: OptionalText,
      found: AmountText,
      difference: AmountText,
    }),
    Type.Null(),
  ]),
  complete: Type.Boolean({
    description:
      'false: the file is large and just being stored; units, outliers and controls follow once it is',
  }),
})
export type Quality = Type.Static<typeof Quality>

/** What an import did, or in a preview would do. */
export const ImportReport = Type.Object({
  status: Type.Enum(['loaded', 'partial', 'duplicate', 'refused']),
  dryRun: Type.Boolean({ description: 'true: nothing was stored, the status is what would happen' }),
  file: Type.Object({
    name: Type.String(),
    sha256: Type.String(),
    bytes: Type.Integer(),
    format: OptionalText,
    encoding: OptionalText,
    delimiter: OptionalText,
  }),
  rows: Type.Object({ read: Type.Integer(), loaded: Type.Integer(), rejected: Type.Integer() }),
  totals: Type.Array(Total),
  aggregates: Type.Array(Total, {
    description: 'rows kept as control figures because other rows of the file add up to them',
  }),
  slices: Type.Array(SliceChange),
  quality: Type.Union([Quality, Type.Null()]),
  rejects: Type.Array(RejectEntry, { description: 'the first hundred' }),
  rejectsFile: OptionalText,
  warnings: Type.Array(Type.String()),
  evidence: Type.Array(Type.String(), { description: 'how encoding, layout, flow and period were settled' }),
  said: Type.Optional(
    Type.Object(
      { warnings: Type.Array(Said), evidence: Type.Array(Said) },
      { description: 'warnings and evidence by code, in the same order; over HTTP only' },
    ),
  ),
})
export type ImportReport = Type.Static<typeof ImportReport>

const Progress = Type.Object({
  bytes: Type.Integer(),
  totalBytes: Type.Integer(),
  rows: Type.Integer(),
  waiting: Type.Optional(Type.Boolean({ description: 'others are read first' })),
})
export type Progress = Type.Static<typeof Progress>

/** An option that reading the file needs, or that does not fit it. */
const ImportProblem = Type.Object({
  field: Type.String(),
  value: Type.String(),
  allowed: Type.String(),
  allowedCode: Type.Optional(Said),
})

export const ImportEntry = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  sha256: Type.String(),
  bytes: Type.Integer(),
  state: Type.Enum(['loading', 'loaded', 'partial', 'previewed', 'refused', 'dropped', 'failed', 'undone']),
  importedBy: Type.String(),
  receivedAt: Type.String(),
  finishedAt: OptionalText,
  report: Type.Union([ImportReport, Type.Null()]),
  undoneBy: OptionalText,
  undoneAt: OptionalText,
  error: OptionalText,
  errorCode: Type.Optional(Said),
  problem: Type.Union([ImportProblem, Type.Null()], {
    description: 'what must be said or mended to read it',
  }),
  progress: Type.Union([Progress, Type.Null()], { description: 'while the file is being read' }),
  kept: Type.Boolean({
    description: 'the uploaded file is still here: who sent it can have it read again with other options',
  }),
})
export type ImportEntry = Type.Static<typeof ImportEntry>

export const ImportParams = strict({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
export const ConfirmBody = Type.Union([strict({ acceptPartial: Type.Optional(Type.Boolean()) }), Type.Null()])
export const ImportsQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  show: Type.Optional(
    Type.Enum(['current', 'stored', 'open', 'refused', 'dropped'], {
      description: 'current: all but the dropped ones; open: read or waiting to be confirmed',
    }),
  ),
})
const OptionText = Type.Optional(Type.String({ maxLength: 200 }))
/** What the user says about a file, as in the form of its upload. */
export const ReadBody = strict({
  format: OptionText,
  flow: OptionText,
  period: OptionText,
  currency: OptionText,
  encoding: OptionText,
  part: OptionText,
  rates: OptionText,
  sheet: OptionText,
  controlTotal: OptionText,
})
export const RejectsQuery = strict({ format: Type.Optional(Type.Enum(['json', 'csv'])) })

export const Rows = Type.Object({ rows: Type.Integer() })
export const ImportReply = envelope(ImportEntry, Type.Object({}))
export const ImportsReply = envelope(Type.Array(ImportEntry), Rows)
export const RejectsReply = envelope(Type.Array(RejectEntry), Rows)

/** What undoing a load did. */
export const Undone = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  slices: Type.Integer({ description: 'taken away; still answered as of a time in which they were current' }),
  restored: Type.Integer({ description: 'older ones that are current again' }),
  undoneBy: Type.String(),
  undoneAt: Type.String(),
})
export type Undone = Type.Static<typeof Undone>
export const UndoneReply = envelope(Undone, Type.Object({}))

export const UndoEffect = Type.Object({
  dataset: Type.String(),
  flow: FlowText,
  period: Type.String(),
  now: SliceSum,
  after: Type.Union([SliceSum, Type.Null()], { description: 'null: nothing was loaded before it' }),
})
export type UndoEffect = Type.Static<typeof UndoEffect>
export const UndoEffectsReply = envelope(Type.Array(UndoEffect), Rows)
