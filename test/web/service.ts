import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/clock.ts'
import { checkoutRoot, readConfig } from '../../src/config.ts'
import { startService } from '../../src/jobs/service.ts'
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
  const config = readConfig({ TRADEWIND_HOME: home, PORT: '0', LOG_LEVEL: 'silent' })
  const service = await startService({ config, clock: systemClock, demo: true, progress: () => {} })
  project.provide('service', { url: service.url, ...accounts(home) })
  return async () => {
    await service.stop()
    rmSync(home, { recursive: true, force: true })
  }
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
