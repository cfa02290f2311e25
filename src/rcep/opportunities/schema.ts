import { Type } from 'typebox'
import { DateText, DecimalText, envelope, strict } from '../../http/schema.ts'
import { FormatQuery } from '../../sheet.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Text = Type.String()

const asked = {
  format: FormatQuery,
  on: Type.Optional(DateText),
  flow: Type.Optional(Type.Enum(['export', 'import'], { description: 'export unless said' })),
  currency: Type.Optional(
    Type.Enum(['USD', 'CNY'], { description: 'of the trade and the savings; USD unless said' }),
  ),
  exchange: Type.Optional(
    Type.Array(Type.String({ maxLength: 30, description: 'one unit in the currency asked: JPY=0.0067' }), {
      maxItems: 10,
    }),
  ),
  language: Type.Optional(Type.Enum(['zh', 'en'], { description: 'zh unless said' })),
}

export const OpportunitiesQuery = strict({
  ...asked,
  enterprise: Type.Optional(
    Type.String({ maxLength: 20, description: 'registration code; an enterprise is its own' }),
  ),
})

export const LedgerQuery = strict({
  ...asked,
  top: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, description: 'rows, 200 unless said' })),
})

const CellReply = Type.Object({
  hs: Text,
  name: Nullable(Text),
  importer: Text,
  exporter: Text,
  value: Nullable(DecimalText),
  rcep: Nullable(Text),
  mfn: Nullable(Text),
  against: Nullable(Type.Enum(['MFN', 'base-2014'])),
  best: Nullable(Text),
  state: Type.Enum([
    'saving',
    'depends-on-line',
    'no-saving',
    'mfn-free',
    'no-commitment',
    'not-in-force',
    'rcep-not-loaded',
    'mfn-not-loaded',
    'no-line',
    'needs-facts',
  ]),
  saving: Nullable(Type.Object({ least: DecimalText, most: DecimalText })),
  missing: Type.Array(Text),
  others: Type.Array(
    Type.Object({
      agreement: Text,
      rate: Text,
      belowRcep: Nullable(Type.Boolean()),
      sameAsRcep: Nullable(Type.Boolean()),
      saving: Nullable(Type.Object({ least: DecimalText, most: DecimalText })),
    }),
    { description: 'other agreements in force between the two whose rates are loaded' },
  ),
  notCompared: Type.Array(Text, {
    description:
      'other agreements in force between the two whose rates are not loaded: the saving may be had under them',
  }),
  rule: Nullable(Text),
})

const summary = {
  least: DecimalText,
  most: DecimalText,
  certain: Type.Object(
    { least: DecimalText, most: DecimalText },
    { description: 'of these, what is saved over every agreement in force' },
  ),
  contested: Type.Integer({ description: 'cells whose saving another agreement may give already' }),
  states: Type.Record(Text, Type.Integer()),
}

const meta = {
  rows: Type.Integer(),
  on: Text,
  flow: Text,
  currency: Text,
  from: Nullable(Text),
  to: Nullable(Text),
  months: Type.Integer({ description: 'of the twelve, how many are loaded' }),
  notes: Type.Array(Text),
  notLoaded: Type.Array(Text, {
    description: 'importers whose RCEP or MFN rates are not loaded for the day',
  }),
  toLoad: Type.Array(Type.Object({ importer: Text, regime: Text, text: Text }), {
    description: 'the official texts to load, and how',
  }),
}

export const OpportunitiesReply = envelope(
  Type.Object({
    enterprise: Text,
    name: Text,
    products: Type.Array(Type.Object({ hs: Text, name: Nullable(Text), value: DecimalText })),
    cells: Type.Array(CellReply),
    ...summary,
  }),
  Type.Object(meta),
)

export const LedgerReply = envelope(
  Type.Object({ cells: Type.Array(CellReply), ...summary }),
  Type.Object({ ...meta, total: Type.Integer({ description: 'rows with something to save, before "top"' }) }),
)
