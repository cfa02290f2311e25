import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connect } from '../../src/db/connect.ts'
import { databaseUrl, templateName } from './database-server.ts'

export interface TestDatabase extends Connection {
  url: string
}

/** A migrated, empty database of this test file's own; `close` drops it. */
export async function freshDatabase(template: string = templateName): Promise<TestDatabase> {
  const serverUrl = inject('databaseServerUrl')
  const name = `tradewind_test_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name} template ${template}`)
  const url = databaseUrl(serverUrl, name)
  const connection = connect(url, { max: 6 })
  return {
    ...connection,
    url,
    async close() {
      await connection.close()
      await onServer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
