import type { ColumnMapping } from '../../api-wizard.ts'

export type MappedField = keyof ColumnMapping['columns']

/** A mapping being made: what each column of the file means, and what holds for every row. */
export interface MappingDraft {
  /** Header → field; a header that is not used is left out. */
  meanings: Readonly<Record<string, MappedField>>
  constants: Readonly<{
    flow?: string
    currency?: string
    hsEdition?: string
    valueFactor?: string
    quantityUnit?: string
    partnerCodes?: string
  }>
}

/** The meanings of columns that guesses, by field, lead to. */
export function meaningsOf(guesses: Readonly<Record<string, string>>): MappingDraft['meanings'] {
  const meanings = Object.entries(guesses).map(([field, header]) => [header, field as MappedField])
  return Object.fromEntries(meanings)
}

/** The mapping as it is saved, or null while no column is a value. */
export function mappingOf({ meanings, constants }: MappingDraft): ColumnMapping | null {
  const columns: Partial<Record<MappedField, string | string[]>> = {}
  for (const [header, field] of Object.entries(meanings)) {
    const before = columns[field]
    columns[field] = before === undefined ? header : [before, header].flat()
  }
  if (!columns.usd && !columns.cny && !columns.value) return null
  const given = Object.entries(constants).filter(([, value]) => value !== '')
  return { columns, ...Object.fromEntries(given) } as ColumnMapping
}
