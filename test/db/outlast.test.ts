import { expect, test } from 'vitest'
import { outlast } from '../../src/db/outlast.ts'

/** A database that fails in these ways, one after the other, and then answers. */
function failing(...codes: string[]) {
  const told: string[] = []
  const left = codes.map((code) => Object.assign(new Error(`failed with ${code}`), { code }))
  const work = async () => {
    const error = left.shift()
    if (error) throw error
    return 'done'
  }
  return { told, run: () => outlast(work, { times: 2, waitMs: 0, tell: (reason) => told.push(reason) }) }
}

test('what breaks off is begun again so many times, each reason told', async () => {
  const { run, told } = failing('ECONNREFUSED', '57P01')
  expect(await run()).toBe('done')
  expect(told).toEqual(['failed with ECONNREFUSED', 'failed with 57P01'])
  await expect(failing('57P01', '57P01', '57P01').run()).rejects.toThrow('failed with 57P01')
})

test('a database that says it is starting is waited for, however often it says so', async () => {
  const { run, told } = failing('57P01', ...Array(20).fill('57P03'), '57P01')
  expect(await run()).toBe('done')
  expect(told).toEqual(['failed with 57P01', 'failed with 57P03', 'failed with 57P01'])
})

test('what is no fault of the database is thrown at once', async () => {
  const { run, told } = failing('42703')
  await expect(run()).rejects.toThrow('failed with 42703')
  expect(told).toEqual([])
})
