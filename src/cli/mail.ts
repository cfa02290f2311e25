import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import { flushOutbox } from '../warnings/job.ts'
import { takeBounce } from '../warnings/mail/bounce-queries.ts'
import { readBounce } from '../warnings/mail/bounce-read.ts'
import { countQueued } from '../warnings/mail/mail-queries.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `mail flush [--json]   sends what is due in the outbox through SMTP_URL
mail bounce [FILE] [--json]
                      takes in a message that came back, from a file or standard input (a mail server's pipe): the
                      address gets no more mails, and the mail that was returned says so`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [action = '', file, more] = positionals
  if (action === 'bounce' && more === undefined) return bounce(file, { io, json: values.json })
  if (action === 'flush' && file === undefined) return flush({ io, json: values.json })
  throw invalid('mail', positionals.join(' '), 'flush, or bounce with at most one file')
}

interface Output {
  io: Io
  json: boolean
}

async function flush({ io, json }: Output): Promise<number> {
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
    json
      ? `${JSON.stringify(report)}\n`
      : `sent ${sent}, deferred ${deferred}, given up ${failed}, waiting ${waiting}${error ? `\nlast error: ${error}` : ''}\n`,
  )
  return 0
}

async function bounce(file: string | undefined, { io, json }: Output): Promise<number> {
  const message = await buffer(file === undefined ? process.stdin : createReadStream(file)).catch(() => {
    throw invalid('file', file ?? 'standard input', 'a file that can be read')
  })
  const report = await readBounce(message)
  if (!report) throw new AppError('refused', `file: ${file ?? 'standard input'}: a report of failed delivery`)
  const outcome = await withDatabase('mail bounce', ({ db }) => takeBounce(db, report, systemClock.now()))
  const lines = [
    ...outcome.marked.map(({ address, status, diagnostic }) => `marked ${address}: ${status} ${diagnostic}`),
    ...outcome.unknown.map((address) => `passed over ${address}: nothing was sent to it`),
  ]
  io.stdout(json ? `${JSON.stringify(outcome)}\n` : `${lines.join('\n') || 'nobody failed for good'}\n`)
  return 0
}
