import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { addAccount } from '../enterprises/queries.ts'
import { invalid } from '../errors.ts'
import type { Role } from '../http/schema.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `user add --email ADDRESS --role officer|admin|enterprise [--enterprise ID] [--name NAME]
                      adds a person; the password is read from TRADEWIND_PASSWORD or made and printed once`

const roles = ['officer', 'admin', 'enterprise']

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      email: { type: 'string', default: '' },
      role: { type: 'string', default: '' },
      enterprise: { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.join(' ') !== 'add') throw invalid('user', positionals.join(' '), 'add')
  const role = roleOf(values.role)
  const given = process.env.TRADEWIND_PASSWORD
  const password = given ?? randomBytes(12).toString('base64url')
  const account = {
    email: values.email,
    name: values.name ?? values.email,
    role,
    enterpriseId: values.enterprise ?? null,
    password,
  }
  await withDatabase('user add', ({ db }) => addAccount(db, account, systemClock.now()))
  const answer = { email: values.email, role, ...(given ? {} : { password }) }
  io.stdout(values.json ? `${JSON.stringify(answer)}\n` : `${Object.values(answer).join('  ')}\n`)
  return 0
}

/** Reads --role; throws naming what is allowed. */
export function roleOf(text: string): Role {
  if (roles.includes(text)) return text as Role
  throw invalid('role', text, `one of ${roles.join(', ')}`)
}
