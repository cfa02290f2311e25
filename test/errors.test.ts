import { expect, test } from 'vitest'
import { isDatabaseAway, isDiskFull } from '../src/errors.ts'

const failure = (code: string | undefined, message = 'x') =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

test.each([
  ['57P01', 'terminating connection due to administrator command'],
  ['57P03', 'the database system is starting up'],
  ['08006', 'connection failure'],
  ['53300', 'sorry, too many clients already'],
  ['53200', 'out of shared memory'],
  ['40P01', 'deadlock detected'],
  ['ECONNREFUSED', 'connect ECONNREFUSED'],
  ['ECONNRESET', 'read ECONNRESET'],
  ['EPIPE', 'write EPIPE'],
  [undefined, 'Connection terminated unexpectedly'],
  [undefined, 'Connection terminated due to connection timeout'],
  [undefined, 'Client has encountered a connection error and is not queryable'],
  [undefined, 'timeout exceeded when trying to connect'],
])('%s (%s) is a database that may answer in a moment', (code, message) => {
  expect(isDatabaseAway(failure(code, message))).toBe(true)
})

test.each(['42P01', '23505', '22P02', '42501', '53100'])('%s is none', (code) => {
  expect(isDatabaseAway(failure(code))).toBe(false)
})

test('a disk is full on our side or on that of the database', () => {
  expect(['ENOSPC', 'EDQUOT', '53100', '53200'].map((code) => isDiskFull(failure(code)))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
