import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/clock.ts'
import { checkoutRoot, readConfig } from '../../src/config.ts'
import { startService } from '../../src/jobs/service.ts'
import { startProvider } from '../helpers/oidc-provider.ts'
import { chromiumPath } from './chromium.ts'

export interface RunningService {
  /** Where the page is served, without a slash at the end. */
  url: string
  admin: { email: string; password: string }
  officer: { email: string; password: string }
  enterprise: { email: string; password: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The demo, running for all browser tests; null where there is no browser to look at it. */
    service: RunningService | null
  }
}

/** Builds the page and starts the demo on a free port and a database of its own, once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (chromiumPath() === null) {
    process.stderr.write('browser tests skipped: no Chromium at CHROMIUM_PATH or /usr/bin/chromium\n')
    project.provide('service', null)
    return async () => {}
  }
  await build({ configFile: join(checkoutRoot, 'src/web/vite.config.ts'), logLevel: 'warn' })
  const home = mkdtempSync(join(tmpdir(), 'tradewind-web-'))
  // Of another site than the service, as it is in life.
  const provider = await startProvider('localhost')
  const config = readConfig({
    ...{ TRADEWIND_HOME: home, PORT: String(await freePort()), LOG_LEVEL: 'silent' },
    ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'tradewind', OIDC_CLIENT_SECRET: 'secret' },
  })
  const service = await startService({ config, clock: systemClock, demo: true, progress: () => {} })
  project.provide('service', { url: service.url, ...accounts(home) })
  return async () => {
    await service.stop()
    await provider.close()
    rmSync(home, { recursive: true, force: true })
  }
}

/** The provider sends people back to an address that is known before the service listens there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function accounts(home: string): Pick<RunningService, 'admin' | 'officer' | 'enterprise'> {
  const passwords = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))
  const { admin, officer, enterprise } = JSON.parse(
    readFileSync(join(checkoutRoot, 'data/samples/accounts.json'), 'utf8'),
  )
  return {
    admin: { email: admin.email, password: passwords.admin },
    officer: { email: officer.email, password: passwords.officer },
    enterprise: { email: enterprise.email, password: passwords.enterprise },
  }
}
