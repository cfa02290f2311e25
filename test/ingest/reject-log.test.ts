import { existsSync, mkdtempSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rejectLog } from '../../src/ingest/load-rejects.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradewind-rejects-'))
const reject = { line: 2, column: '美元', value: 'x'.repeat(200), reason: 'not a number', hint: 'correct it' }

/** Files of the folder that this process holds open. */
const held = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
    } catch {
      return false
    }
  })

test('a list of rejects waits until what it holds is written', async () => {
  const path = join(folder, 'waits.part')
  const log = rejectLog(path)
  await log.ready()
  for (let row = 0; row < 10_000; row++) log.add(reject)
  await log.ready()
  expect(statSync(path).size).toBeGreaterThan(2_000_000)
  expect(await log.close()).toBe(path)
  await log.end()
})

test.runIf(existsSync('/proc/self/fd'))('a list that is left before its end holds no file open', async () => {
  const log = rejectLog(join(folder, 'left.part'))
  log.add(reject)
  await log.end()
  await log.end()
  expect(held()).toEqual([])
})

test('without rejects there is nothing to let go of', async () => {
  const log = rejectLog(join(folder, 'none.part'))
  await log.end()
  expect(await log.close()).toBe(null)
  expect(existsSync(join(folder, 'none.part'))).toBe(false)
})
