import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface CaughtMail {
  id: string
  from: string
  to: string
  subject: string
  /** ISO instant of the Date header; null without one. */
  date: string | null
  text: string
  /** Null for a mail of text alone. */
  html: string | null
}

/** A receiving mail server on this machine that delivers nowhere: the demo's inbox. */
export interface MailCatcher {
  /** smtp:// address to send to. */
  url: string
  /** What was received, newest first. */
  list(limit?: number): Promise<CaughtMail[]>
  stop(): Promise<void>
}

/** Starts it on 127.0.0.1 (any free port unless one is given). Each mail becomes a numbered .eml file in `folder`, which outlives it. */
export async function startMailCatcher(options: { folder: string; port?: number }): Promise<MailCatcher> {
  const { folder } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let last = Number((await storedMails(folder)).at(-1)?.slice(0, numberLength) ?? 0)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 20 * 1024 * 1024,
    onData(stream, _session, done) {
      last += 1
      const name = `${String(last).padStart(numberLength, '0')}.eml`
      store(stream, folder, name).then(
        () => done(null, `stored as ${name}`),
        (error: Error) => done(error),
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  server.on('error', () => {}) // a client that breaks off is its own affair
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    list: (limit = 100) => readMails(folder, limit),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const numberLength = 8

async function store(stream: NodeJS.ReadableStream, folder: string, name: string): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  await writeFile(join(folder, `${name}.part`), Buffer.concat(chunks), { mode: 0o600 })
  await rename(join(folder, `${name}.part`), join(folder, name))
}

async function readMails(folder: string, limit: number): Promise<CaughtMail[]> {
  const names = (await storedMails(folder)).toReversed().slice(0, limit)
  return Promise.all(names.map((name) => readMail(folder, name)))
}

async function readMail(folder: string, name: string): Promise<CaughtMail> {
  const mail = await simpleParser(await readFile(join(folder, name)))
  return {
    id: name.replace(/\.eml$/, ''),
    from: addresses(mail.from),
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? null,
    text: mail.text ?? '',
    html: mail.html || null,
  }
}

function addresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map((part) => part.text)
    .join(', ')
}

async function storedMails(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.eml')).sort()
}
