import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { dateIn, systemClock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import { readRemedies } from '../warnings/remedy.ts'
import { partnerLookup } from '../warnings/remedy-load.ts'
import { saveRemedies } from '../warnings/remedy-queries.ts'
import { readTable } from '../warnings/remedy-read.ts'
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
  const report = await withDatabase('warnings import-remedies', async ({ db }, config) => {
    const read = readRemedies(rows, partnerLookup(), dateIn(config.timeZone, systemClock.now()))
    if (!read || read.cases.length === 0)
      throw new AppError(
        'refused',
        `file: ${file}: a table with the columns imposing, affected, product and hs`,
      )
    await saveRemedies(db, source, read.cases)
    const against = read.cases.filter(({ affected }) => affected === 'CN')
    return { source, cases: read.cases.length, againstChina: against.length, rejects: read.rejects }
  })
  const { cases, againstChina, rejects } = report
  io.stdout(
    values.json
      ? `${JSON.stringify(report)}\n`
      : `${cases} cases, ${againstChina} against China, ${rejects.length} rows not used\n${rejects.map(({ row, reason }) => `  row ${row}: ${reason}\n`).join('')}`,
  )
  return 0
}
