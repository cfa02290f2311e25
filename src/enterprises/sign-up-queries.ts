import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { isDuplicate, notFound, taken } from './access.ts'
import { findEvent, noSuchEvent } from './event-queries.ts'
import type { Event, SignUpBody } from './notice-schema.ts'
import type { RecordKey } from './product-queries.ts'

/**
 * Signs a firm up, or changes its sign-up. In its scope: the places taken by others are a number of the event, never their rows.
 * Throws for an event that is not for the firm, and conflict when it is full, over or past its deadline.
 */
export async function signUp(tx: Tx, key: RecordKey, body: SignUpBody, now: Date): Promise<Event> {
  const event = await findFor(tx, key, now)
  if (event.state === 'cancelled' || event.state === 'past' || event.state === 'closed')
    throw taken('event', String(key.id), `an event one can still sign up for; this one is ${event.state}`)
  const own = event.own
  await takePlaces(tx, key.id, body.people - (own?.people ?? 0))
  const { enterpriseId, id: eventId } = key
  if (own === null) {
    await tx
      .insertInto('eventSignUp')
      .values({ ...body, enterpriseId, eventId, signedUpAt: now })
      .execute()
      .catch((error: unknown) => {
        if (isDuplicate(error)) throw signedUpMeanwhile(key)
        throw error
      })
  } else {
    const changed = await tx
      .updateTable('eventSignUp')
      .set(body)
      .where('enterpriseId', '=', enterpriseId)
      .where('eventId', '=', eventId)
      .where('people', '=', own.people)
      .returning('eventId')
      .executeTakeFirst()
    if (!changed) throw signedUpMeanwhile(key)
  }
  return await findFor(tx, key, now)
}

/** Gives the places back, until the event begins. */
export async function withdraw(tx: Tx, key: RecordKey, now: Date): Promise<void> {
  const event = await findFor(tx, key, now)
  if (event.state === 'past') throw taken('event', String(key.id), 'an event that has not begun')
  const gone = await tx
    .deleteFrom('eventSignUp')
    .where('enterpriseId', '=', key.enterpriseId)
    .where('eventId', '=', key.id)
    .returning('people')
    .executeTakeFirst()
  if (!gone) throw notFound('event', key.id, 'an event this enterprise signed up for')
  await takePlaces(tx, key.id, -gone.people)
}

async function findFor(tx: Tx, key: RecordKey, now: Date): Promise<Event> {
  const event = await findEvent(tx, key.id, { enterpriseId: key.enterpriseId, now })
  if (!event) throw noSuchEvent(key.id)
  return event
}

/** One statement, so that two firms never take the last place both. */
async function takePlaces(tx: Tx, id: number, people: number): Promise<void> {
  const found = await tx
    .updateTable('trainingEvent')
    .set({ taken: sql<number>`taken + ${people}` })
    .where('id', '=', id)
    .where(sql<boolean>`taken + ${people} between 0 and capacity`)
    .returning('id')
    .executeTakeFirst()
  if (!found) throw taken('people', String(people), 'no more than there are free places')
}

function signedUpMeanwhile({ id }: RecordKey) {
  return taken('event', String(id), 'signed up for by somebody of this enterprise at this moment: look again')
}
