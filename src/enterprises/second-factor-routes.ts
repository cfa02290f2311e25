import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import type { Connection } from '../db/connect.ts'
import type { Api } from '../http/schema.ts'
import { passwordTries, personOf } from './access.ts'
import {
  NoSecondFactorBody,
  SecondFactorBody,
  SecondFactorReply,
  SecondFactorState,
} from './people-schema.ts'
import { requirePassword } from './queries.ts'
import {
  confirmSecondFactor,
  hasSecondFactor,
  proposeSecondFactor,
  removeSecondFactor,
} from './second-factor-queries.ts'
import { totpAddress } from './totp.ts'

const self = { access: 'signed-in' } as const
const askedAgain = { ...self, rateLimit: passwordTries }
const tags = ['account']
const done = { 204: Type.Null() }

/** The own second factor. Setting one up or taking it away needs the password: a session that was left open is not enough. */
export function secondFactorRoutes(
  app: Api,
  { connection: { db }, clock }: { connection: Connection; clock: Clock },
): void {
  app.get(
    '/second-factor',
    { config: self, schema: { tags, response: { 200: SecondFactorState } } },
    async (request) => {
      const { accountId } = personOf(request.principal)
      return { data: { on: await hasSecondFactor(db, accountId) }, meta: {} }
    },
  )
  app.post(
    '/second-factor',
    { config: self, schema: { tags, response: { 200: SecondFactorReply } } },
    async (request) => {
      const { secret, email } = await proposeSecondFactor(db, personOf(request.principal).accountId)
      return { data: { secret, address: totpAddress(secret, email) }, meta: {} }
    },
  )
  app.put(
    '/second-factor',
    { config: askedAgain, schema: { tags, body: SecondFactorBody, response: done } },
    async (request, reply) => {
      const person = personOf(request.principal)
      const { password = '', ...given } = request.body
      const now = clock.now()
      await requirePassword(db, person, password, now)
      await confirmSecondFactor(db, person.accountId, given, now)
      reply.status(204)
      return null
    },
  )
  app.delete(
    '/second-factor',
    { config: askedAgain, schema: { tags, body: NoSecondFactorBody, response: done } },
    async (request, reply) => {
      const person = personOf(request.principal)
      const { password = '', code } = request.body
      const now = clock.now()
      await requirePassword(db, person, password, now)
      await removeSecondFactor(db, person.accountId, code, now)
      reply.status(204)
      return null
    },
  )
}
