import { systemClock } from '../clock.ts'
import { type Config, checkoutRoot, readConfig } from '../config.ts'
import { type Connection, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { databaseSource } from '../db/source.ts'

/** Settings from the environment, with `.env` of the checkout filling what is unset. */
export function configFromEnvironment(): Config {
  try {
    process.loadEnvFile(`${checkoutRoot}.env`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return readConfig(process.env)
}

/**
 * Runs `work` on the migrated database that the configuration names: DATABASE_URL, or the embedded one, which is joined
 * where the service already runs it and otherwise started for the command.
 */
export async function withDatabase<T>(
  command: string,
  work: (connection: Connection, config: Config) => Promise<T>,
): Promise<T> {
  return withUnmigratedDatabase(command, async (connection, config) => {
    await migrate(connection.pool)
    return work(connection, config)
  })
}

/** The same, leaving the migrations to the command. */
export async function withUnmigratedDatabase<T>(
  command: string,
  work: (connection: Connection, config: Config) => Promise<T>,
): Promise<T> {
  const config = configFromEnvironment()
  const source = await databaseSource(config, command, { now: systemClock.now() })
  const connection = connect(source.url)
  try {
    return await work(connection, config)
  } finally {
    await connection.close()
    await source.stop()
  }
}
