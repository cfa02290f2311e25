import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { connect } from '../db/connect.ts'
import { buildApp } from '../http/app.ts'
import type { Io } from './io.ts'

export const usage = 'openapi               the OpenAPI document of the running routes'

export async function run(_argv: string[], io: Io): Promise<number> {
  const connection = connect('postgresql://nobody@localhost/none') // never opened: no route is called
  const app = await buildApp({ connection, clock: systemClock, config: readConfig({}), inbox: null })
  await app.ready()
  io.stdout(`${JSON.stringify(app.swagger(), null, 2)}\n`)
  await app.close()
  return 0
}
