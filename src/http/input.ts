import type { FastifyInstance } from 'fastify'
import { invalid } from '../errors.ts'

/**
 * Refuses by name, wherever it stands, what no column takes unchanged: text with NUL characters or half surrogates, and whole
 * numbers beyond 2^53, which JSON does not carry exactly.
 */
export function refuseUnstorable(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    for (const part of ['params', 'query', 'body'] as const) {
      const found = findUnstorable(request[part], part)
      if (found) throw invalid(found.path, '(not shown)', found.allowed)
    }
  })
}

interface Finding {
  path: string
  allowed: string
}

/** The first such value, or null. Iterative: bodies may be nested deeper than the stack. */
function findUnstorable(value: unknown, name: string): Finding | null {
  const open: [unknown, string][] = [[value, name]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, path] = next
    const allowed = complaintAbout(node)
    if (allowed) return { path, allowed }
    if (typeof node !== 'object' || node === null || Buffer.isBuffer(node)) continue
    for (const [key, inner] of Object.entries(node)) {
      const ofKey = complaintAbout(key)
      if (ofKey) return { path, allowed: ofKey }
      open.push([inner, `${path}.${key}`])
    }
  }
  return null
}

function complaintAbout(value: unknown): string | null {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? 'text without NUL characters and half surrogates'
      : null
  const inexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return inexact ? `a whole number of at most ${Number.MAX_SAFE_INTEGER}` : null
}
