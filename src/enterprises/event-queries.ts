import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { notFound, taken } from './access.ts'
import { isForFirm } from './audience-queries.ts'
import { requireAudience } from './notice-queries.ts'
import type { Event, EventBody, SignUpRow } from './notice-schema.ts'
import { type Page, pageOf } from './page.ts'

/** Who reads and when: a firm, or with null the bureau. */
export interface EventReader {
  enterpriseId: string | null
  now: Date
}

/**
 * A page of training events, the latest start first, and how many can be signed up for; with a firm those that are for it, each with its
 * own sign-up. In the caller's scope.
 */
export async function listEvents(
  tx: Tx,
  reader: EventReader,
  page: Page,
): Promise<{ events: Event[]; open: number; next: string | null }> {
  const found = await eventsFor(tx, reader)
    .$if(page.after !== null, (query) =>
      query.where(sql<boolean>`(starts_at, id) < (${page.after?.at}, ${page.after?.id})`),
    )
    .orderBy('startsAt', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .selectAll()
    .execute()
  const { rows, next } = pageOf(found, page, ({ startsAt }) => startsAt)
  const { open } = await eventsFor(tx, reader)
    .where('cancelledAt', 'is', null)
    .where('startsAt', '>', reader.now)
    .where('deadline', '>=', reader.now)
    .whereRef('taken', '<', 'capacity')
    .select(sql<number>`count(*)`.as('open'))
    .executeTakeFirstOrThrow()
  return { events: await withSignUps(tx, rows, reader), open, next }
}

/** One event that is for a firm, with its own sign-up; null where there is none. In its scope. */
export async function findEvent(tx: Tx, id: number, reader: EventReader): Promise<Event | null> {
  const rows = await eventsFor(tx, reader).where('id', '=', id).selectAll().execute()
  return (await withSignUps(tx, rows, reader))[0] ?? null
}

function eventsFor(tx: Tx, { enterpriseId }: EventReader) {
  const all = tx.selectFrom('trainingEvent')
  return enterpriseId === null ? all : all.where(isForFirm(enterpriseId))
}

async function withSignUps(
  tx: Tx,
  rows: readonly EventRow[],
  { enterpriseId, now }: EventReader,
): Promise<Event[]> {
  const own =
    enterpriseId === null || rows.length === 0
      ? []
      : await tx
          .selectFrom('eventSignUp')
          .select(['eventId', 'people', 'contact', 'phone', 'signedUpAt'])
          .where('enterpriseId', '=', enterpriseId)
          .where(
            'eventId',
            'in',
            rows.map(({ id }) => id),
          )
          .execute()
  const byEvent = new Map(
    own.map(({ eventId, signedUpAt, ...rest }) => [
      eventId,
      { ...rest, signedUpAt: signedUpAt.toISOString() },
    ]),
  )
  return rows.map((row) => eventOf(row, byEvent.get(row.id) ?? null, now))
}

export async function publishEvent(
  db: Database,
  body: EventBody,
  by: { author: string; now: Date },
): Promise<Event> {
  await requireAudience(db, body)
  const row = await db
    .insertInto('trainingEvent')
    .values({ ...body, ...timesOf(body), author: by.author, publishedAt: by.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  return eventOf(row, null, by.now)
}

/** Throws when more places are taken than the new capacity has. */
export async function changeEvent(db: Database, id: number, body: EventBody, now: Date): Promise<Event> {
  await requireAudience(db, body)
  const row = await db
    .updateTable('trainingEvent')
    .set({ ...body, ...timesOf(body) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
    .catch((error: { constraint?: string }) => {
      if (error.constraint !== 'training_event_places') throw error
      throw taken('capacity', String(body.capacity), 'no fewer places than are taken')
    })
  if (!row) throw noSuchEvent(id)
  return eventOf(row, null, now)
}

/** It stays on the list, so that who signed up sees that it does not take place. */
export async function cancelEvent(db: Database, id: number, now: Date): Promise<void> {
  const cancelled = await db
    .updateTable('trainingEvent')
    .set({ cancelledAt: now })
    .where('id', '=', id)
    .where('cancelledAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!cancelled) throw notFound('event', id, 'the id of an event that is not cancelled')
}

/** Who comes, by firm, in the order they signed up. In the scope of the bureau. */
export async function listSignUps(tx: Tx, id: number): Promise<{ title: string; rows: SignUpRow[] }> {
  const event = await tx.selectFrom('trainingEvent').select('title').where('id', '=', id).executeTakeFirst()
  if (!event) throw noSuchEvent(id)
  const rows = await tx
    .selectFrom('eventSignUp as s')
    .innerJoin('enterprise as e', 'e.id', 's.enterpriseId')
    .select(['s.enterpriseId', 'e.name as enterprise', 's.people', 's.contact', 's.phone', 's.signedUpAt'])
    .where('s.eventId', '=', id)
    .orderBy('s.signedUpAt')
    .orderBy('s.enterpriseId')
    .execute()
  return {
    title: event.title,
    rows: rows.map((row) => ({ ...row, signedUpAt: row.signedUpAt.toISOString() })),
  }
}

export function noSuchEvent(id: number) {
  return notFound('event', id, 'the id of an event you may see')
}

function timesOf(body: EventBody): { startsAt: Date; deadline: Date } {
  const [startsAt, deadline] = [new Date(body.startsAt), new Date(body.deadline)]
  for (const [field, at] of Object.entries({ startsAt, deadline })) {
    if (Number.isNaN(at.getTime())) throw invalid(field, '', 'an instant such as 2026-12-01T09:00:00+08:00')
  }
  if (deadline > startsAt) throw invalid('deadline', body.deadline, 'not after the start')
  return { startsAt, deadline }
}

interface EventRow
  extends Pick<Event, 'id' | 'title' | 'body' | 'place' | 'districts' | 'chapters' | 'capacity' | 'author'> {
  startsAt: Date
  deadline: Date
  taken: number
  cancelledAt: Date | null
  publishedAt: Date
}

function eventOf(row: EventRow, own: Event['own'], now: Date): Event {
  const { taken: places, cancelledAt, startsAt, deadline, publishedAt, ...rest } = row
  return {
    ...rest,
    startsAt: startsAt.toISOString(),
    deadline: deadline.toISOString(),
    publishedAt: publishedAt.toISOString(),
    free: row.capacity - places,
    state: stateOf(row, now),
    own,
  }
}

function stateOf(row: EventRow, now: Date): Event['state'] {
  if (row.cancelledAt) return 'cancelled'
  if (row.startsAt <= now) return 'past'
  if (row.deadline < now) return 'closed'
  return row.taken < row.capacity ? 'open' : 'full'
}
