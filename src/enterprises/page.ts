import { Type } from 'typebox'
import { invalid } from '../errors.ts'
import { strict } from '../http/schema.ts'

/** Asks for a page of a list that is ordered by a time, the latest first. */
export const PageQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 unless said' })),
  after: Type.Optional(Type.String({ maxLength: 60, description: '`meta.next` of the page before' })),
})
export type PageQuery = Type.Static<typeof PageQuery>

export const Next = Type.Union([Type.String(), Type.Null()], {
  description: 'where the next page goes on; null: there is none',
})

/** A place in such a list: the time and the id of the row it follows. It stays one when rows come and go. */
export interface Place {
  at: Date
  id: number
}

export interface Page {
  limit: number
  after: Place | null
}

export function readPage({ limit = 50, after }: PageQuery): Page {
  return { limit, after: after === undefined ? null : readPlace(after) }
}

function readPlace(text: string): Place {
  const [, at = '', id = ''] = /^(\d{4}-[\dT:.-]+Z)_(\d{1,15})$/.exec(text) ?? []
  const place = { at: new Date(at), id: Number(id) }
  if (Number.isNaN(place.at.getTime())) throw invalid('after', text, 'meta.next of the page before')
  return place
}

/** What fits a page of rows that were asked for with one more than its limit, and where the next one goes on. */
export function pageOf<Row extends { id: number }>(
  rows: readonly Row[],
  { limit }: Page,
  at: (row: Row) => Date,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = last && rows.length > limit ? `${at(last).toISOString()}_${last.id}` : null
  return { rows: shown, next }
}
