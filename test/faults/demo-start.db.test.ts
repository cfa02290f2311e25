import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { exitOf, postmasterPid, spawnService, temporaryHome } from '../helpers/service-process.ts'

test('a database killed while the demo loads is waited for, and the demo starts complete', async () => {
  const home = temporaryHome()
  const env = { ...process.env, TRADEWIND_HOME: home, PORT: '0' }
  const { child, written } = spawnService({ args: ['--demo'], env })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exitOf(child)
    rmSync(home, { recursive: true, force: true })
  })
  const becomes = (text: RegExp) => expect.poll(written, { timeout: 240_000, interval: 50 }).toMatch(text)
  await becomes(/export-2024\.csv: \d+ rows/)
  process.kill(postmasterPid(home), 'SIGKILL')
  await becomes(/^Tradewind: http/m)
  expect(written()).toMatch(/^database: .*: once more$/m)

  const database = await startEmbedded(home, 'tests', { now: new Date() })
  const { pool, close } = connect(database.url, { max: 1 })
  const { rows } = await pool.query(
    `select (select count(*)::int from source_file where state = 'loaded') as files,
       (select count(*)::int from trade_flow where slice_id not in (select id from slice)) as orphans,
       (select count(*)::int from mail where state <> 'sent') as unsent,
       (select count(*)::int from (select sha256 from source_file group by 1 having count(*) > 1) twice) as twice`,
  )
  await close()
  expect(rows).toEqual([{ files: 10, orphans: 0, unsent: 0, twice: 0 }])
  await database.stop()
  child.kill('SIGTERM')
  expect(await exitOf(child)).toBe(0)
}, 300_000)
