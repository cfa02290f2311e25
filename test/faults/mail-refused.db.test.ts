import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { flushOutbox } from '../../src/warnings/job.ts'
import { freshDatabase, type TestDatabase } from '../helpers/database.ts'
import { startMailServer } from '../helpers/mail-server.ts'

const queued = '2026-04-18T03:00:00Z'
let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.pool.query('truncate mail, subscription cascade')
  await database.pool.query(
    `with asked as (insert into subscription (email, created_at) values ('officer@example.cn', $1) returning id)
     insert into mail (subscription_id, dedup_key, recipient, reason, subject, body_text, body_html, next_attempt_at, message_id, created_at)
     select asked.id, 'k' || n, 'officer' || n || '@example.cn', 'new', 'Warning ' || n, 'text', '<p>text</p>', $1, '<k' || n || '@t>', $1
     from asked, generate_series(1, 3) n`,
    [queued],
  )
})

const flushAt = (iso: string, port: number) =>
  flushOutbox({
    connection: database,
    clock: fixedClock(iso),
    config: readConfig({ SMTP_URL: `smtp://127.0.0.1:${port}` }),
  })

const refusal = (code: number) => Object.assign(new Error('not now'), { responseCode: code })

test.each<[string, SMTPServerOptions, object]>([
  ['at the door', { onConnect: (_session, done) => done(refusal(421)) }, { sent: 0, failed: 0, waiting: 3 }],
  [
    'each recipient for now',
    { onRcptTo: (_address, _session, done) => done(refusal(451)) },
    { sent: 0, deferred: 3, failed: 0, waiting: 3 },
  ],
  [
    'one of them for now',
    {
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('officer2') ? done(refusal(451)) : done(),
    },
    { sent: 2, deferred: 1, failed: 0, waiting: 1 },
  ],
])('a mail server that refuses %s gets every mail later, and each once', async (_what, options, first) => {
  const refusing = await startMailServer(options)
  expect(await flushAt(queued, refusing.port)).toMatchObject({ ...first, error: expect.any(String) })
  await refusing.stop()
  const taking = await startMailServer()
  await flushAt('2026-04-18T09:00:00Z', taking.port)
  await flushAt('2026-04-18T10:00:00Z', taking.port)
  await taking.stop()
  const received = [...refusing.received, ...taking.received].map(({ subject }) => subject).sort()
  expect(received).toEqual(['Warning 1', 'Warning 2', 'Warning 3'])
})

/** Takes a mail in and breaks off instead of saying yes. */
async function startBreakingServer() {
  const names: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    let text = ''
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      text += chunk
      const name = /^Message-ID: (\S+)/im.exec(text)?.[1]
      if (text.endsWith('\r\n.\r\n')) {
        if (name) names.push(name)
        socket.destroy()
      } else if (/^DATA\r\n$/im.test(String(chunk))) socket.write('354 go on\r\n')
      else if (String(chunk).endsWith('\r\n') && !name) socket.write('250 ok\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { names, port: (server.address() as AddressInfo).port, stop: () => server.close() }
}

test('a mail whose server broke off before its yes is sent again, under the same name', async () => {
  const breaking = await startBreakingServer()
  expect(await flushAt(queued, breaking.port)).toMatchObject({ sent: 0, failed: 0, waiting: 3 })
  breaking.stop()
  const taking = await startMailServer()
  await flushAt('2026-04-18T09:00:00Z', taking.port)
  await taking.stop()
  expect(breaking.names).toEqual(['<k1@t>'])
  expect(taking.received.map(({ messageId }) => messageId).sort()).toEqual(['<k1@t>', '<k2@t>', '<k3@t>'])
})
