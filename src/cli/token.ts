import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { listTokens, revokeToken } from '../enterprises/people-queries.ts'
import { createToken } from '../enterprises/queries.ts'
import { invalid } from '../errors.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'
import { roleOf } from './user.ts'

export const usage = `token create --role officer|admin|enterprise [--enterprise ID] [--name NAME] [--read-only]
                      makes an API token for a program and prints it once
token list            every token without its secret
token revoke ID       the token stops working at once`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      role: { type: 'string', default: '' },
      enterprise: { type: 'string' },
      name: { type: 'string', default: 'token' },
      'read-only': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [action = '', id = '', ...rest] = positionals
  if (action === 'revoke' && rest.length === 0) return await revoke(id, io)
  if (positionals.length === 1 && action === 'list') return await list(values.json, io)
  if (positionals.join(' ') !== 'create')
    throw invalid('token', positionals.join(' '), 'create, list or revoke ID')
  const owner = { name: values.name, role: roleOf(values.role), enterpriseId: values.enterprise ?? null }
  const scope = values['read-only'] ? 'read' : 'write'
  const token = await withDatabase('token create', ({ db }) =>
    createToken(db, { ...owner, scope }, systemClock.now()),
  )
  io.stdout(values.json ? `${JSON.stringify({ token, ...owner, scope })}\n` : `${token}\n`)
  return 0
}

async function revoke(id: string, io: Io): Promise<number> {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw invalid('token', id, 'the id that `token list` shows')
  await withDatabase('token revoke', ({ db }) => revokeToken(db, Number(id), systemClock.now()))
  io.stdout(`revoked ${id}\n`)
  return 0
}

async function list(json: boolean, io: Io): Promise<number> {
  const tokens = await withDatabase('token list', ({ db }) => listTokens(db))
  const lines = tokens.map(({ id, name, role, enterpriseId, scope, createdAt, expiresAt, revokedAt }) => {
    const state = revokedAt ? `revoked ${revokedAt}` : expiresAt ? `until ${expiresAt}` : 'no end'
    return [id, role, enterpriseId ?? '-', scope, `since ${createdAt}`, state, name].join('  ')
  })
  io.stdout(json ? `${JSON.stringify(tokens)}\n` : lines.map((line) => `${line}\n`).join(''))
  return 0
}
