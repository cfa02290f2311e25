import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { dateIn, systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { importRemedies as importList } from '../warnings/remedies/load.ts'
import { readTable } from '../warnings/remedies/read.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

/** `warnings import-remedies FILE` */
export async function importRemedies(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { source: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const [file, more] = positionals
  if (file === undefined || more !== undefined) throw invalid('file', positionals.join(' '), 'one file')
  const rows = await readTable(file)
  const source = values.source ?? basename(file)
  const report = await withDatabase('warnings import-remedies', ({ db }, config) =>
    importList(db, { rows, source, on: dateIn(config.timeZone, systemClock.now()) }),
  )
  const { cases, againstChina, rejects } = report
  io.stdout(
    values.json
      ? `${JSON.stringify(report)}\n`
      : `${cases} cases, ${againstChina} against China, ${rejects.length} rows not used\n${rejects.map(({ row, reason }) => `  row ${row}: ${reason}\n`).join('')}`,
  )
  return 0
}
