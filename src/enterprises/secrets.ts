import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Argon2id with the OWASP minimum for interactive sign-in: 19 MiB, two passes, one lane. */
const cost = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 }

/** Hash of a password for storage, `argon2id$memory$passes$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await derive('argon2id', { ...cost, message: password, nonce })
  return ['argon2id', cost.memory, cost.passes, nonce.toString('base64url'), hash.toString('base64url')].join(
    '$',
  )
}

/** Whether the password belongs to the stored hash; compares in constant time. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, salt = '', expected = ''] = stored.split('$')
  const wanted = Buffer.from(expected, 'base64url')
  const hash = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: cost.parallelism,
    tagLength: wanted.length,
  })
  return timingSafeEqual(hash, wanted)
}

/** A secret for a cookie or a program, and the hash under which it is stored. */
export function newToken(prefix: string): { token: string; hash: string } {
  const token = `${prefix}_${randomBytes(24).toString('base64url')}`
  return { token, hash: hashToken(token) }
}

/** Tokens carry 192 random bits, so a plain digest is enough to look them up by. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
