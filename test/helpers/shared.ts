import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/', import.meta.url))

/** Path of a real file kept beside the repository, or null where it is missing (a user's clone): such tests skip. */
export function sharedPath(relative: string): string | null {
  const path = root + relative
  return existsSync(path) ? path : null
}
