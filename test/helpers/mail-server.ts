import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface TestMailServer {
  port: number
  received: ParsedMail[]
  /** How each session came in. */
  sessions: { secure: boolean; user: string | null }[]
  stop(): Promise<void>
}

/** A real receiving mail server on this machine; parses what it gets. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number } = {},
): Promise<TestMailServer> {
  const received: ParsedMail[] = []
  const sessions: TestMailServer['sessions'] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData(stream, session, done) {
      sessions.push({ secure: session.secure, user: session.user ?? null })
      simpleParser(stream).then(
        (mail) => {
          received.push(mail)
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  server.on('error', () => {})
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    sessions,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
