import { Type } from 'typebox'
import { DateText, envelope, strict } from '../http/schema.ts'

const text = Type.String()
const optionalText = Type.Union([Type.String(), Type.Null()])

/** A chapter (no units, English title) or an eight-digit line of the statistics (units, Chinese name only). */
export const HsMatch = Type.Object({
  code: text,
  nameZh: text,
  nameEn: optionalText,
  unit1: optionalText,
  unit2: optionalText,
})
export type HsMatch = Type.Static<typeof HsMatch>

export const HsSearchQuery = strict({
  q: Type.String({
    pattern: '\\S',
    maxLength: 60,
    description: 'beginning of an HS code, or part of a Chinese name',
  }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
})

export const CountryRow = Type.Object({
  partner: Type.String({ description: 'as trade data carry it: ISO alpha-2, or the customs code' }),
  code: Type.String({ description: 'customs code' }),
  iso2: optionalText,
  iso3: optionalText,
  m49: optionalText,
  nameZh: text,
  nameEn: text,
  kind: text,
  region: text,
  groups: Type.Array(text),
})
export type CountryRow = Type.Static<typeof CountryRow>

export const CountriesQuery = strict({
  on: Type.Optional(DateText),
})

const Rows = Type.Object({ rows: Type.Integer() })

export const HsSearchReply = envelope(Type.Array(HsMatch), Rows)
export const CountriesReply = envelope(
  Type.Array(CountryRow),
  Type.Object({ rows: Type.Integer(), asOf: DateText }),
)
