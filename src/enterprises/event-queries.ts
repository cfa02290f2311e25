import type { Database, Tx } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import { notFound, taken } from './access.ts'
import { forFirm } from './audience-queries.ts'
import { requireAudience } from './notice-queries.ts'
import type { Event, EventBody, SignUpRow } from './notice-schema.ts'

const mostShown = 200

/** Training events, the latest start first; with a firm those that are for it, each with its own sign-up. In the caller's scope. */
export async function listEvents(
  tx: Tx,
  reader: { enterpriseId: string | null; now: Date },
): Promise<Event[]> {
  const rows = await tx
    .selectFrom('trainingEvent')
    .selectAll()
    .orderBy('startsAt', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute()
  const { enterpriseId, now } = reader
  if (enterpriseId === null) return rows.map((row) => eventOf(row, null, now))
  const own = await tx
    .selectFrom('eventSignUp')
    .select(['eventId', 'people', 'contact', 'phone', 'signedUpAt'])
    .where('enterpriseId', '=', enterpriseId)
    .execute()
  const byEvent = new Map(
    own.map(({ eventId, ...signUp }) => [
      eventId,
      { ...signUp, signedUpAt: signUp.signedUpAt.toISOString() },
    ]),
  )
  return await forFirm(
    tx,
    enterpriseId,
    rows.map((row) => eventOf(row, byEvent.get(row.id) ?? null, now)),
  )
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
