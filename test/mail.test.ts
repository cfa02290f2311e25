import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type OutgoingMail, smtpMailer } from '../src/mail.ts'
import { startMailCatcher } from '../src/mail-catcher.ts'
import { startMailServer } from './helpers/mail-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradewind-mail-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const from = '外贸监测 <tradewind@example.cn>'
const mail: OutgoingMail = {
  to: 'officer@example.cn',
  subject: '[外贸预警] 2026年10月：14 条预警触发中，新增 3 条，最严重的是对美国出口木家具量增价跌',
  text: '第一条：对美国出口\n.\n一行只有一个点',
  html: '<p>第一条：<b>对美国出口</b></p>',
  messageId: '<digest.1@example.cn>',
}

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serverWith(options: Parameters<typeof startMailServer>[0]) {
  const server = await startMailServer(options)
  stops.push(() => server.stop())
  return server
}

async function sendTo(url: string, options: { ca?: string } = {}) {
  const mailer = smtpMailer(url, from, options)
  stops.push(() => mailer.close())
  return await mailer.send(mail)
}

test('a mail arrives with its Chinese subject, text and HTML intact', async () => {
  const server = await serverWith({})
  expect(await sendTo(`smtp://127.0.0.1:${server.port}`)).toEqual({
    ok: true,
    response: expect.stringMatching(/^250/),
  })
  const [received] = server.received
  expect({
    subject: received?.subject,
    text: received?.text?.trimEnd(),
    html: received?.html,
    from: received?.from?.text,
    messageId: received?.messageId,
    automatic: received?.headers.get('auto-submitted'),
  }).toEqual({
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    from: '"外贸监测" <tradewind@example.cn>',
    messageId: mail.messageId,
    automatic: 'auto-generated',
  })
})

describe('a server that wants TLS and a password', () => {
  const certificate = selfSigned()
  const secret = 'p@ss:wörd%25'
  const url = (port: number, password: string, scheme = 'smtp') =>
    `${scheme}://bureau:${encodeURIComponent(password)}@localhost:${port}`
  const guarded: SMTPServerOptions = {
    ...certificate,
    authOptional: false,
    disabledCommands: [],
    onAuth: (auth, _session, done) =>
      auth.username === 'bureau' && auth.password === secret
        ? done(null, { user: 'bureau' })
        : done(new Error(`not ${auth.password}`)),
  }

  test.skipIf(!certificate)(
    'is reached by STARTTLS and by TLS from the start (skipped without openssl)',
    async () => {
      const starttls = await serverWith(guarded)
      const tls = await serverWith({ ...guarded, secure: true })
      const ca = certificate?.cert ?? ''
      expect((await sendTo(url(starttls.port, secret), { ca })).ok).toBe(true)
      expect((await sendTo(url(tls.port, secret, 'smtps'), { ca })).ok).toBe(true)
      expect([...starttls.sessions, ...tls.sessions]).toEqual([
        { secure: true, user: 'bureau' },
        { secure: true, user: 'bureau' },
      ])
    },
  )

  test.skipIf(!certificate)(
    'with the wrong password keeps the mail, and no error shows a password',
    async () => {
      const server = await serverWith(guarded)
      const delivery = await sendTo(url(server.port, 'hunter2!'), { ca: certificate?.cert ?? '' })
      expect(delivery).toMatchObject({ ok: false, permanent: false, reachable: false })
      expect(JSON.stringify(delivery)).not.toContain('hunter2')
    },
  )

  test.skipIf(!certificate)('whose certificate nobody vouches for is not trusted', async () => {
    const server = await serverWith({ ...guarded, secure: true })
    expect(await sendTo(url(server.port, secret, 'smtps'))).toMatchObject({ ok: false, reachable: false })
    expect(server.received).toEqual([])
  })
})

describe('a server that says no', () => {
  const answering = (code: number) =>
    serverWith({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('no such box'), { responseCode: code })),
    })

  test('for good: the mail will never do', async () => {
    const { port } = await answering(550)
    expect(await sendTo(`smtp://127.0.0.1:${port}`)).toMatchObject({
      ok: false,
      permanent: true,
      reachable: true,
    })
  })

  test('for now: it may later', async () => {
    const { port } = await answering(451)
    expect(await sendTo(`smtp://127.0.0.1:${port}`)).toMatchObject({
      ok: false,
      permanent: false,
      reachable: true,
    })
  })

  test('nothing at all: it is not reachable', async () => {
    const server = await startMailServer()
    await server.stop()
    expect(await sendTo(`smtp://127.0.0.1:${server.port}`)).toMatchObject({
      ok: false,
      permanent: false,
      reachable: false,
      error: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

test('an address that is none is refused without being shown', () => {
  expect(() => smtpMailer('http://user:geheim@host', from)).toThrow('SMTP_URL: (not shown): ')
})

test('the catcher keeps what it receives, newest first, over a restart', async () => {
  const inbox = mkdtempSync(join(folder, 'inbox-'))
  const first = await startMailCatcher({ folder: inbox })
  await sendTo(first.url)
  await first.stop()
  const second = await startMailCatcher({ folder: inbox })
  stops.push(() => second.stop())
  const mailer = smtpMailer(second.url, from)
  stops.push(() => mailer.close())
  await mailer.send({ ...mail, subject: '第二封' })
  expect(await second.list()).toEqual([
    {
      id: '00000002',
      from: '"外贸监测" <tradewind@example.cn>',
      to: 'officer@example.cn',
      subject: '第二封',
      date: expect.stringMatching(/^\d{4}-.*Z$/),
      text: expect.stringContaining('一行只有一个点'),
      html: mail.html,
    },
    expect.objectContaining({ id: '00000001', subject: mail.subject }),
  ])
  expect(readdirSync(inbox).sort()).toEqual(['00000001.eml', '00000002.eml'])
})

/** A certificate for localhost, made for this run. */
function selfSigned(): { key: string; cert: string } | null {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2']
  try {
    execFileSync('openssl', [...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
  } catch {
    return null
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
