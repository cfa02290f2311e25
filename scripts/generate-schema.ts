// Writes src/db/schema.ts (types of the tables) and test/golden/schema.sql from a freshly migrated database.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '../src/db/connect.ts'
import { dumpSchema } from '../src/db/dump.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs the type generator against a migrated database. */
export function generateTypes(url: string, outFile: string): void {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      ['--dialect', 'postgres'],
      ['--url', url],
      ['--out-file', outFile],
      '--camel-case',
      ['--date-parser', 'string'],
      ['--type-mapping', JSON.stringify({ int8: 'number', numeric: 'string', timestamptz: 'Date' })],
      ['--exclude-pattern', 'trade_flow_*'],
      ['--log-level', 'error'],
    ].flat(),
    { cwd: root, env: { PATH: process.env.PATH } },
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const home = mkdtempSync(join(tmpdir(), 'tradewind-schema-'))
  const embedded = await startEmbedded(home, 'generate-schema', { now: new Date() })
  const connection = connect(embedded.url)
  try {
    await migrate(connection.pool)
    writeFileSync(join(root, 'test/golden/schema.sql'), await dumpSchema(connection.pool))
    generateTypes(embedded.url, join(root, 'src/db/schema.ts'))
  } finally {
    await connection.close()
    await embedded.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
