import { Type } from 'typebox'
import { envelope, Said, strict } from '../http/schema.ts'
import { ColumnMapping } from './formats/mapping.ts'
import { FlowText, OptionalAmount, OptionalText, RejectEntry, Rows } from './schema.ts'

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
