import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Server that holds the migrated template `tradewind_template`. */
    databaseServerUrl: string
  }
}

export const templateName = 'tradewind_template'

/** One server for the run: TEST_DATABASE_URL of this project, or an embedded one; migrated once as a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = project.config.env.TRADEWIND_TEST_SERVER
  const home = mkdtempSync(join(tmpdir(), 'tradewind-test-'))
  const embedded = given ? null : await startEmbedded(home, 'tests', { now: new Date() })
  const serverUrl = given ?? embedded?.url ?? ''
  await makeTemplate(serverUrl)
  project.provide('databaseServerUrl', serverUrl)
  return async () => {
    await embedded?.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${templateName} with (force)`)
  await admin.query(`create database ${templateName}`)
  await admin.end()
  const template = connect(databaseUrl(serverUrl, templateName))
  await migrate(template.pool)
  await template.close()
}

/** The address of another database of the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
