import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { AppError, invalid } from '../errors.ts'
import { notFound } from './access.ts'
import { newTotpSecret, totpStep } from './totp.ts'

/** How many codes may be tried within how long, by whoever and from wherever: of a million three are right at a time. */
const mostTries = 10
const triesWithinMinutes = 15

/** Takes a second-factor code, once: a later use of the same code fails, also at the same moment. Throws too-many-requests. */
export async function spendCode(
  db: Database,
  account: { id: number; totpSecret: string; totpLastStep: number | null },
  code: string,
  now: Date,
): Promise<void> {
  // No code at all is how a sign-in learns that one is needed.
  if (code !== '') await takeTry(db, account.id, now)
  const step = totpStep(account.totpSecret, code, { now, lastStep: account.totpLastStep })
  const taken =
    step !== null &&
    (await db
      .updateTable('account')
      .set({ totpLastStep: step, codeTries: 0 })
      .where('id', '=', account.id)
      // Two steps ahead is what a clock that ran ahead left behind.
      .where((or) =>
        or.or([
          or('totpLastStep', 'is', null),
          or('totpLastStep', '<', step),
          or('totpLastStep', '>', step + 2),
        ]),
      )
      .returning('id')
      .executeTakeFirst())
  if (!taken) {
    const allowed = 'the six digits your authenticator shows now'
    throw new AppError('unauthenticated', `code: ${allowed}`, { field: 'code', allowed })
  }
}

/** Counted before the code is looked at, in one statement: guesses at the same moment do not pass each other. */
async function takeTry(db: Database, id: number, now: Date): Promise<void> {
  const since = new Date(now.getTime() - triesWithinMinutes * 60_000)
  // A beginning that lies ahead was noted by a clock that ran ahead.
  const over = sql<boolean>`(code_tries_since is null or code_tries_since not between ${since} and ${now})`
  const counted = await db
    .updateTable('account')
    .set({
      codeTries: sql<number>`case when ${over} then 1 else code_tries + 1 end`,
      codeTriesSince: sql<Date>`case when ${over} or code_tries = 0 then ${now} else code_tries_since end`,
    })
    .where('id', '=', id)
    .where(sql<boolean>`(code_tries < ${mostTries} or ${over})`)
    .returning('id')
    .executeTakeFirst()
  if (counted) return
  const allowed = `at most ${mostTries} in ${triesWithinMinutes} minutes`
  throw new AppError('too-many-requests', `code: ${allowed}`, { field: 'code', allowed })
}

export async function hasSecondFactor(db: Database, accountId: number): Promise<boolean> {
  return (await accountOf(db, accountId)).totpSecret !== null
}

/** A secret for an authenticator; nothing is stored before a code proves that it was taken over. */
export async function proposeSecondFactor(db: Database, accountId: number) {
  const { email } = await accountOf(db, accountId)
  return { secret: newTotpSecret(), email }
}

export async function confirmSecondFactor(
  db: Database,
  accountId: number,
  given: { secret: string; code: string },
  now: Date,
): Promise<void> {
  const step = totpStep(given.secret, given.code, { now, lastStep: null })
  if (step === null) throw invalid('code', '(not shown)', 'the six digits your authenticator shows now')
  const set = await db
    .updateTable('account')
    .set({ totpSecret: given.secret, totpLastStep: step, codeTries: 0 })
    .where('id', '=', accountId)
    .where('totpSecret', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!set)
    throw new AppError('conflict', 'code: a second factor is there: take it away first', { field: 'code' })
}

/** Takes the second factor away again; needs a code of it. */
export async function removeSecondFactor(
  db: Database,
  accountId: number,
  code: string,
  now: Date,
): Promise<void> {
  const account = await accountOf(db, accountId)
  if (!account.totpSecret) throw notFound('code', '', 'there is no second factor')
  await spendCode(db, { ...account, totpSecret: account.totpSecret }, code, now)
  await db
    .updateTable('account')
    .set({ totpSecret: null, totpLastStep: null })
    .where('id', '=', accountId)
    .execute()
}

async function accountOf(db: Database, id: number) {
  return await db
    .selectFrom('account')
    .select(['id', 'email', 'totpSecret', 'totpLastStep'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
