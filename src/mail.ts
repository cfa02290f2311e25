import { createTransport } from 'nodemailer'
import { invalid } from './errors.ts'

/** A message as the outbox holds it. */
export interface OutgoingMail {
  to: string
  subject: string
  text: string
  html: string
  /** A CSV file to go with it; null for none. */
  attachment?: string | null
  /** Headers beside those of every mail. */
  headers?: Readonly<Record<string, string>>
  /** Stays the same at every attempt, so that a receiver can tell a repetition. */
  messageId: string
}

/**
 * What the server said. `permanent`: it will not take this mail, ever; `reachable`: false when no server answered;
 * `refused`: its reply where it was the recipient that it would not take.
 */
export type Delivery =
  | { ok: true; response: string }
  | {
      ok: false
      permanent: boolean
      reachable: boolean
      error: string
      refused: { code: number; text: string } | null
    }

export interface Mailer {
  send(mail: OutgoingMail): Promise<Delivery>
  close(): void
}

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
}

/**
 * Sends over SMTP: `smtps://` speaks TLS from the start, `smtp://` turns to TLS where the server offers it; a user in the address signs in,
 * and then never without TLS unless the server is this machine. `ca`: certificate (PEM) to trust besides the system's.
 * Failures are values; none carries the address's secrets.
 */
export function smtpMailer(url: string, from: string, options: { ca?: string } = {}): Mailer {
  const address = parseAddress(url)
  const { username, password, hostname, protocol } = address
  const secure = protocol === 'smtps:'
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(address.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && username !== '' && !local,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    ...(options.ca ? { tls: { ca: options.ca } } : {}),
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const secrets = [password, decodeURIComponent(password)].filter((secret) => secret !== '')
  return {
    async send(mail) {
      try {
        const { attachment, headers, ...content } = mail
        const sent = await transport.sendMail({
          from,
          ...content,
          ...(attachment
            ? {
                attachments: [
                  { filename: 'warnings.csv', content: attachment, contentType: 'text/csv; charset=utf-8' },
                ],
              }
            : {}),
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        })
        return { ok: true, response: sent.response }
      } catch (error) {
        return failure(error as SmtpFailure, secrets)
      }
    },
    close: () => transport.close(),
  }
}

interface SmtpFailure extends Error {
  code?: string
  responseCode?: number
  /** The server's reply as it came. */
  response?: string
  /** The command it was the reply to. */
  command?: string
}

function failure(error: SmtpFailure, secrets: readonly string[]): Delivery {
  const status = error.responseCode ?? 0
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), error.message)
  return {
    ok: false,
    // a refused sign-in is the bureau's to mend, not the mail's fault
    permanent: status >= 500 && error.code !== 'EAUTH',
    reachable: status > 0 && error.code !== 'EAUTH',
    error: `${error.code ?? 'error'}: ${shown}`.replaceAll(/\s+/g, ' ').slice(0, 500),
    refused: error.command === 'RCPT TO' && status > 0 ? { code: status, text: error.response ?? '' } : null,
  }
}

function parseAddress(url: string): URL {
  if (URL.canParse(url) && /^smtps?:$/.test(new URL(url).protocol)) return new URL(url)
  throw invalid('SMTP_URL', '(not shown)', 'an address starting with smtp:// or smtps://')
}
