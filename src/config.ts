import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invalid } from './errors.ts'

/** Root of the checkout: shipped facts and the built web page are found from here. */
export const checkoutRoot = fileURLToPath(new URL('..', import.meta.url))

export interface Config {
  /** Everything the service writes: embedded database, uploads, rejects, caught mails. Absolute path. */
  home: string
  /** Postgres to use; null = the embedded one under `home`. */
  databaseUrl: string | null
  host: string
  port: number
  /** Address people reach the service at, for links in mails. */
  publicUrl: string
  /** Mail server, e.g. smtps://user:secret@mail.example.cn; null = mails stay in the outbox. */
  smtpUrl: string | null
  mailFrom: string
  /** Days, schedules and "this month" are those of this zone. */
  timeZone: string
  /** When digests are sent (src/warnings/schedule.ts). */
  warningSchedule: string
  logLevel: string
  uploadLimitBytes: number
  /** Requests an address may send in a minute. */
  requestsPerMinute: number
  /** Of those that make much work (src/http/limits.ts), how many one account may send in a minute. */
  costlyPerMinute: number
  /** How long the database may work on one statement of a question over HTTP; 0 = as long as it takes. */
  questionTimeoutMs: number
  /** Identity provider people may sign in through; null = passwords only. */
  oidc: OidcConfig | null
  /** What a program sends as a bearer token to read the metrics; null = they are told to this machine alone. */
  metricsToken: string | null
  /** After how many days what is deleted by itself. */
  retention: Retention
}

/** An OpenID Connect provider that knows this service as a confidential client. */
export interface OidcConfig {
  issuer: string
  clientId: string
  clientSecret: string
  /** Claim of the ID token that carries the address of an account. */
  emailClaim: string
}

/** Days, by what they are kept for. */
export interface Retention {
  /** Records of who saw or changed what. */
  auditDays: number
  /** Mails that were sent or given up. */
  mailDays: number
  /** Files of rejected rows. */
  rejectDays: number
  /** Previews that nobody confirmed. */
  previewDays: number
  /** Files that came with a question, after it was closed. */
  attachmentDays: number
}

type Environment = Record<string, string | undefined>

const logLevels = ['silent', 'error', 'warn', 'info', 'debug']

/** Reads the settings that `.env.example` documents. Throws AppError naming the variable, its value and what is allowed. */
export function readConfig(env: Environment): Config {
  const port = wholeNumber(env, 'PORT', 3000, 0, 65535)
  const host = text(env, 'HOST') ?? '127.0.0.1'
  return {
    home: homeFolder(env),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    host,
    port,
    publicUrl: (url(env, 'PUBLIC_URL', ['http:', 'https:']) ?? `http://${host}:${port}`).replace(/\/$/, ''),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: text(env, 'MAIL_FROM') ?? 'Tradewind <tradewind@localhost>',
    timeZone: timeZone(text(env, 'TIME_ZONE') ?? 'Asia/Shanghai'),
    warningSchedule: text(env, 'WARNING_SCHEDULE') ?? 'working-days 09:00',
    logLevel: oneOf('LOG_LEVEL', text(env, 'LOG_LEVEL') ?? 'info', logLevels),
    uploadLimitBytes: wholeNumber(env, 'UPLOAD_LIMIT_MB', 1024, 1, 1_000_000) * 1024 * 1024,
    requestsPerMinute: wholeNumber(env, 'REQUESTS_PER_MINUTE', 30_000, 1, 1_000_000_000),
    costlyPerMinute: wholeNumber(env, 'COSTLY_REQUESTS_PER_MINUTE', 120, 1, 1_000_000_000),
    questionTimeoutMs: wholeNumber(env, 'QUESTION_TIMEOUT_SECONDS', 30, 0, 86_400) * 1000,
    oidc: oidc(env),
    metricsToken: secret(env, 'METRICS_TOKEN'),
    retention: {
      auditDays: wholeNumber(env, 'KEEP_AUDIT_DAYS', 1095, leastAuditDays, 36_500),
      mailDays: days(env, 'KEEP_MAIL_DAYS', 730),
      rejectDays: days(env, 'KEEP_REJECT_DAYS', 90),
      previewDays: days(env, 'KEEP_PREVIEW_DAYS', 7),
      attachmentDays: days(env, 'KEEP_ATTACHMENT_DAYS', 365),
    },
  }
}

/** Where everything is kept that the service writes; absolute. */
export function homeFolder(env: Environment): string {
  return resolve(checkoutRoot, text(env, 'TRADEWIND_HOME') ?? '.tradewind')
}

/** A secret that a header can carry and nobody guesses; never echoed. */
function secret(env: Environment, name: string): string | null {
  const given = text(env, name)
  if (given === null || /^[!-~]{16,200}$/.test(given)) return given
  throw invalid(name, '(not shown)', '16 to 200 letters, digits or signs without blanks')
}

/** The Cybersecurity Law (art. 21) asks for six months at least. */
const leastAuditDays = 183

function days(env: Environment, name: string, fallback: number): number {
  return wholeNumber(env, name, fallback, 1, 36_500)
}

/** All of issuer, client and secret, or none of them. Plain http is for an issuer on this machine. */
function oidc(env: Environment): OidcConfig | null {
  const issuer = url(env, 'OIDC_ISSUER', ['https:', 'http:'])
  const [clientId, clientSecret] = [text(env, 'OIDC_CLIENT_ID'), text(env, 'OIDC_CLIENT_SECRET')]
  if (issuer === null && clientId === null && clientSecret === null) return null
  if (issuer === null) throw invalid('OIDC_ISSUER', '', 'the address of the identity provider')
  const { protocol, hostname } = new URL(issuer)
  if (protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw invalid('OIDC_ISSUER', issuer, 'an address starting with https://')
  if (clientId === null) throw invalid('OIDC_CLIENT_ID', '', 'the name of this service at the provider')
  if (clientSecret === null)
    throw invalid('OIDC_CLIENT_SECRET', '', 'the secret of this service at the provider')
  return { issuer, clientId, clientSecret, emailClaim: text(env, 'OIDC_EMAIL_CLAIM') ?? 'email' }
}

function text(env: Environment, name: string): string | null {
  return env[name]?.trim() || null
}

function wholeNumber(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const given = text(env, name)
  if (given === null) return fallback
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= least && value <= most) return value
  throw invalid(name, given, `a whole number from ${least} to ${most}`)
}

function url(env: Environment, name: string, protocols: string[]): string | null {
  const given = text(env, name)
  if (given === null) return null
  if (URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given
  // The value may carry a password: it is never echoed.
  throw invalid(
    name,
    '(not shown)',
    `an address starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  )
}

function oneOf(name: string, value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value
  throw invalid(name, value, `one of ${allowed.join(', ')}`)
}

function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw invalid('TIME_ZONE', value, 'a time zone such as Asia/Shanghai')
  }
}
