import { Type } from 'typebox'
import { DecimalText, envelope, Said, strict } from '../http/schema.ts'
import { FlowText, OptionalAmount, OptionalText, RejectEntry, Rows } from './schema.ts'

const mappedFields = [
  'flow',
  'period',
  'year',
  'month',
  'hs',
  'reporter',
  'partner',
  'partnerName',
  'supervisionMode',
  'transport',
  'district',
  'enterprise',
  'enterpriseName',
  'quantity1',
  'unit1',
  'quantity2',
  'unit2',
  'cny',
  'usd',
  'value',
  'currency',
  'declaration',
  'item',
] as const
export type MappedField = (typeof mappedFields)[number]

const Header = Type.Union([
  Type.String({ minLength: 1, maxLength: 100 }),
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 20 }),
])
const Columns = strict(
  Object.fromEntries(mappedFields.map((field) => [field, Type.Optional(Header)])) as {
    [field in MappedField]: ReturnType<typeof Type.Optional<typeof Header>>
  },
)
const Unit = Type.String({ minLength: 1, maxLength: 20 })

/** A layout as data: which header stands for which field, and what holds for every row of such files. */
export const ColumnMapping = strict({
  columns: Columns,
  /** Where the figures are kept; `mapped/` and the name of the mapping by default. */
  dataset: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9/-]{0,39}$' })),
  /** Each reporter, or each enterprise, has figures of its own, replaced on their own. */
  keptBy: Type.Optional(Type.Enum(['reporter', 'enterprise'])),
  flow: Type.Optional(Type.Enum(['export', 'import', 're-export', 're-import'])),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'of the column `value`' })),
  valueFactor: Type.Optional(DecimalText),
  quantityFactor: Type.Optional(DecimalText),
  quantityUnit: Type.Optional(Unit),
  quantity2Unit: Type.Optional(Unit),
  /** How `partner` and `reporter` are written; `own` codes are kept apart from those of customs. */
  partnerCodes: Type.Optional(Type.Enum(['customs', 'm49', 'own'])),
  hsEdition: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{1,12}$' })),
})
export type ColumnMapping = Type.Static<typeof ColumnMapping>

export const SavedMappingEntry = Type.Object({
  name: Type.String(),
  mapping: ColumnMapping,
  createdBy: Type.String(),
  updatedAt: Type.String(),
})
export const MappingBody = strict({ name: Type.String({ maxLength: 40 }), mapping: ColumnMapping })
export const MappingTrialBody = strict({
  /** Its name may tell the edition of the Harmonized System. */
  name: Type.Optional(Type.String({ maxLength: 200 })),
  head: Type.Optional(Type.String({ maxLength: 200_000, description: 'the beginning of the file, base64' })),
  /** In place of the head: an import whose file is kept, which may be a workbook. */
  import: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
  sheet: Type.Optional(Type.String({ maxLength: 100 })),
  mapping: Type.Optional(Type.Union([ColumnMapping, Type.Null()])),
  flow: Type.Optional(FlowText),
  period: Type.Optional(Type.String({ maxLength: 20 })),
  currency: Type.Optional(Type.Enum(['CNY', 'USD'])),
})

/** A row as a mapping reads it: the record, or what is wrong with it. */
const TriedRow = Type.Object({
  record: Type.Union([
    Type.Object({
      flow: FlowText,
      period: Type.String(),
      hs: Type.String(),
      partner: Type.String(),
      quantity1: OptionalAmount,
      unit1: OptionalText,
      valueCny: OptionalAmount,
      valueUsd: OptionalAmount,
      value: OptionalAmount,
      currency: OptionalText,
    }),
    Type.Null(),
  ]),
  problems: Type.Array(Type.Omit(RejectEntry, ['line'])),
})

/** What a file looks like, and what a mapping makes of its first rows. */
export const MappingPreview = Type.Object({
  encoding: Type.String(),
  delimiter: Type.String(),
  headers: Type.Array(Type.String()),
  sample: Type.Array(Type.Array(Type.String()), { description: 'the first rows after the header' }),
  guesses: Type.Record(Type.String(), Type.String(), { description: 'what headers probably mean, by field' }),
  records: Type.Array(TriedRow),
  refused: Type.Union([Type.String(), Type.Null()], { description: 'why the mapping does not fit the file' }),
  refusedCode: Type.Optional(Said),
  sheet: Type.Optional(Type.String({ description: 'of a workbook: the one that was read' })),
  sheets: Type.Optional(Type.Array(Type.String(), { description: 'of a workbook: all of them' })),
})
export type MappingPreview = Type.Static<typeof MappingPreview>
export const MappingPreviewReply = envelope(MappingPreview, Rows)
export const MappingsReply = envelope(Type.Array(SavedMappingEntry), Rows)
