import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { type Service, startService } from '../jobs/service.ts'
import { configFromEnvironment } from './database.ts'
import type { Io } from './io.ts'

export const usage = `serve [--demo] [--port N]
                      the service: web page, HTTP and scheduled jobs; --demo adds the sample city and a mail catcher`

export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { demo: { type: 'boolean', default: false }, port: { type: 'string' } },
  })
  const settings = configFromEnvironment()
  // In the demo the terminal is for the person, not for a log collector.
  const config = values.demo && !process.env.LOG_LEVEL ? { ...settings, logLevel: 'warn' } : settings
  const port = values.port === undefined ? config.port : portOf(values.port)
  const service = await startService({
    config: port === config.port ? config : { ...config, port, publicUrl: `http://${config.host}:${port}` },
    clock: systemClock,
    demo: values.demo,
    progress: (line) => io.stderr(`${line}\n`),
  })
  io.stdout(`${service.banner.join('\n')}\n`)
  await stopSignal()
  await stop(service, io)
  return 0
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw invalid('port', text, 'a whole number from 0 to 65535')
}

/** Resolves at Ctrl-C or a polite kill. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve())
  })
}

async function stop(service: Service, io: Io): Promise<void> {
  io.stderr('stopping\n')
  process.once('SIGINT', () => process.exit(130)) // a second Ctrl-C does not wait
  await service.stop()
}
