import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkoutRoot } from '../config.ts'
import { AppError, invalid } from '../errors.ts'
import { type Answered, peakMemory, sendSteadily } from './bench-load.ts'
import type { Io } from './io.ts'

/** What officers and firms ask on a working morning, a share of the requests each; years, partners and products vary. */
const questions: readonly [share: number, ask: (turn: number) => string][] = [
  [
    4,
    (n) =>
      `/indicators/structure?flow=export&by=partner&from=${yearOf(n)}-01&to=${yearOf(n)}-10&currency=USD`,
  ],
  [4, (n) => `/indicators/structure?flow=export&by=hs2&from=2026-01&to=2026-${monthOf(n)}&currency=USD`],
  [2, (n) => `/indicators/structure?flow=export&by=enterprise&from=2026-${monthOf(n)}&to=2026-${monthOf(n)}`],
  [4, (n) => `/indicators/growth?flow=export&partner=${partnerOf(n)}&from=2025-01&to=2026-10&currency=USD`],
  [
    1,
    (n) =>
      `/indicators/decomposition?flow=export&method=contribution&base=2025-${monthOf(n)}&current=2026-${monthOf(n)}`,
  ],
  [2, () => '/indicators/datasets'],
  [2, () => '/warnings?state=open'],
  [1, () => '/imports'],
  [
    6,
    (n) => `/rcep/advice?hs=${productOf(n)}&from=CN&to=${partyOf(n)}&on=2026-06-01&value=100000&currency=USD`,
  ],
  [4, (n) => `/rcep/tariffs?hs=${productOf(n)}&exporter=CN&importer=${partyOf(n)}&on=2026-06-01`],
]

const yearOf = (turn: number) => 2024 + (turn % 3)
const monthOf = (turn: number) => String(3 + (turn % 8)).padStart(2, '0')
const partnerOf = (turn: number) => ['US', 'JP', 'VN', 'KR', 'DE', 'RCEP'][turn % 6]
const partyOf = (turn: number) => ['JP', 'KR', 'AU', 'VN', 'TH'][turn % 5]
const productOf = (turn: number) => ['070959', '630790', '850440', '090210', '940360', '610910'][turn % 6]

/** Sends a steady stream of mixed questions to a service in another process and prints how it kept up. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      url: { type: 'string' },
      token: { type: 'string' },
      rate: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
    },
  })
  const load = {
    rate: wholeNumber('rate', values.rate, 5000),
    seconds: wholeNumber('seconds', values.seconds, 3600),
    question: shuffled(),
  }
  if ((values.url === undefined) !== (values.token === undefined))
    throw invalid('url', values.url ?? '', 'given together with --token, or neither: then a demo is started')
  const target =
    values.url && values.token
      ? { url: values.url, headers: { authorization: `Bearer ${values.token}` }, stop: async () => {} }
      : await startDemo(io)
  try {
    await sendSteadily(target, { ...load, seconds: Math.min(5, load.seconds) }) // what a morning has asked before
    const memory = peakMemory(target.url, process.env.METRICS_TOKEN)
    const answers = await sendSteadily(target, load)
    const report = { ...load, question: undefined, memoryMb: await memory.stop(), ...summary(answers) }
    io.stdout(values.json ? `${JSON.stringify(report)}\n` : readable(report))
    return report.errors === 0 ? 0 : 3
  } finally {
    await target.stop()
  }
}

function wholeNumber(field: string, text: string, most: number): number {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= most) return Number(text)
  throw invalid(field, text, `a whole number from 1 to ${most}`)
}

/** The questions in the order they are asked, spread evenly; the same in every run. */
function shuffled(): (turn: number) => string {
  const slots = questions.flatMap(([share, ask]) =>
    Array.from({ length: share }, (_, at) => ({ at: at / share, ask })),
  )
  slots.sort((a, b) => a.at - b.at)
  return (turn) => slots[turn % slots.length]?.ask(Math.floor(turn / slots.length) + (turn % 7)) ?? '/health'
}

interface Target {
  url: string
  headers: Record<string, string>
  stop(): Promise<void>
}

/** The demo in a process and a home of its own, signed in as its officer. */
async function startDemo(io: Io): Promise<Target> {
  const home = mkdtempSync(join(tmpdir(), 'tradewind-bench-'))
  const env = { ...process.env, TRADEWIND_HOME: home, DATABASE_URL: '', PORT: '0', LOG_LEVEL: 'error' }
  const program = [join(checkoutRoot, 'src/cli/main.ts'), 'serve', '--demo']
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const url = await addressOf(child)
    io.stderr(`demo at ${url}\n`)
    return { url, headers: { cookie: await signIn(url, home) }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const url = /^Tradewind: (\S+)$/m.exec(text)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', (code) => reject(new AppError('unavailable', `the demo ended with ${code}`)))
  })
}

async function signIn(url: string, home: string): Promise<string> {
  const { officer } = JSON.parse(readFileSync(join(checkoutRoot, 'data/samples/accounts.json'), 'utf8'))
  const passwords = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))
  const reply = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: officer.email, password: passwords.officer }),
  })
  const [cookie = ''] = reply.headers.getSetCookie()
  if (!reply.ok) throw new AppError('unavailable', `the demo refused its own officer: ${reply.status}`)
  return cookie.split(';')[0] ?? ''
}

interface Figures {
  route: string
  requests: number
  errors: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

function summary(answers: readonly Answered[]) {
  const byRoute = [...Map.groupBy(answers, ({ path }) => path.split('?')[0] ?? '')].sort()
  const statuses = Map.groupBy(
    answers.filter(({ status }) => status !== 200),
    ({ status }) => String(status),
  )
  return {
    ...figures('all', answers),
    refused: Object.fromEntries([...statuses].map(([status, group]) => [status, group.length])),
    routes: byRoute.map(([route, group]) => figures(route, group)),
  }
}

function figures(route: string, answers: readonly Answered[]): Figures {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.ceil(times.length * share) - 1] ?? 0) * 10) / 10
  const errors = answers.filter(({ status }) => status !== 200).length
  return {
    route,
    requests: answers.length,
    errors,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
}

function readable(
  report: ReturnType<typeof summary> & { rate: number; seconds: number; memoryMb: number | null },
): string {
  const line = ({ route, requests, errors, p50Ms, p95Ms, p99Ms, maxMs }: Figures) =>
    [
      route.padEnd(28),
      ...[requests, errors, p50Ms, p95Ms, p99Ms, maxMs].map((value) => String(value).padStart(9)),
    ].join('')
  const heading = [
    'route'.padEnd(28),
    ...['requests', 'errors', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'].map((name) => name.padStart(9)),
  ]
  const refused = Object.entries(report.refused).map(([status, count]) => `${count} × ${status}`)
  return [
    `${report.rate} requests a second for ${report.seconds} s, ${report.errors} errors${refused.length > 0 ? ` (${refused.join(', ')})` : ''}`,
    `peak memory of the service ${report.memoryMb ?? 'unknown'} MB`,
    heading.join(''),
    ...[report, ...report.routes].map(line),
    '',
  ].join('\n')
}
