import type { Config } from '../config.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'

/** Address of the database to use: DATABASE_URL, or the embedded one, joined or started. `stop` leaves it again. */
export async function databaseSource(
  config: Config,
  command: string,
  options: { now: Date; service?: boolean },
): Promise<EmbeddedDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} }
  return startEmbedded(config.home, command, options)
}
