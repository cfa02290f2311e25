import { parseArgs } from 'node:util'
import { backUp } from '../db/backup.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'
import { fileArgument } from './restore.ts'

export const usage = `backup FILE           every row of the database as of now, compressed; uploaded files stay in TRADEWIND_HOME`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const file = fileArgument(positionals)
  const report = await withUnmigratedDatabase('backup', ({ pool }) => backUp(pool, file))
  io.stdout(
    values.json
      ? `${JSON.stringify({ file, ...report })}\n`
      : `${file}: ${report.rows} rows of ${report.tables} tables\n`,
  )
  return 0
}
