import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { flushOutbox } from '../warnings/job.ts'
import { countQueued } from '../warnings/mail-queries.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `mail flush [--json]   sends what is due in the outbox through SMTP_URL`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  if (positionals.join(' ') !== 'flush') throw invalid('mail', positionals.join(' '), 'flush')
  const report = await withDatabase('mail flush', async (connection, config) => {
    if (!config.smtpUrl) {
      const waiting = await countQueued(connection.db)
      throw invalid(
        'SMTP_URL',
        '',
        `the address of a mail server, smtp:// or smtps://; ${waiting} mails wait for it`,
      )
    }
    return flushOutbox({ connection, clock: systemClock, config })
  })
  const { sent, deferred, failed, waiting, error } = report
  io.stdout(
    values.json
      ? `${JSON.stringify(report)}\n`
      : `sent ${sent}, deferred ${deferred}, given up ${failed}, waiting ${waiting}${error ? `\nlast error: ${error}` : ''}\n`,
  )
  return 0
}
