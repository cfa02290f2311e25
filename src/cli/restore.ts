import { parseArgs } from 'node:util'
import { restore } from '../db/backup.ts'
import { invalid } from '../errors.ts'
import { withUnmigratedDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `restore FILE          fills an empty database from a backup of this release; all of it or nothing`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const file = fileArgument(positionals)
  const report = await withUnmigratedDatabase('restore', ({ pool }) => restore(pool, file))
  io.stdout(
    values.json
      ? `${JSON.stringify({ file, ...report })}\n`
      : `${file}: restored ${report.rows} rows of ${report.tables} tables\n`,
  )
  return 0
}

/** The one file a command works on. */
export function fileArgument(positionals: string[]): string {
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw invalid('FILE', positionals.join(' '), 'one file')
  return file
}
