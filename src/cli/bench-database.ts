import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { type Connection, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { databaseSource } from '../db/source.ts'
import { configFromEnvironment } from './database.ts'

/** A new database beside the one DATABASE_URL names, or an embedded one in a folder of its own; both are removed. */
export async function inOwnDatabase<T>(
  command: string,
  work: (connection: Connection, own: { url: string; home: string }) => Promise<T>,
): Promise<T> {
  const config = configFromEnvironment()
  const home = mkdtempSync(join(tmpdir(), 'tradewind-bench-'))
  const source = await databaseSource({ ...config, home }, command, { now: systemClock.now() })
  const name = `tradewind_bench_${randomBytes(6).toString('hex')}`
  const server = connect(source.url, { max: 1 })
  try {
    await server.pool.query(`create database ${name}`)
    const url = new URL(source.url)
    url.pathname = `/${name}`
    const connection = connect(url.href)
    try {
      await migrate(connection.pool)
      return await work(connection, { url: url.href, home })
    } finally {
      await connection.close()
      await server.pool.query(`drop database ${name} with (force)`)
    }
  } finally {
    await server.close()
    await source.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
