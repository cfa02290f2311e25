// `npm run weight`: what each page weighs and when it shows something on a slow computer, as a table. Starts the demo on a home of its
// own, opens every page afresh in Chromium with the processor slowed down, and reads the browser's own figures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { systemClock } from '../src/clock.ts'
import { checkoutRoot, readConfig } from '../src/config.ts'
import { startService } from '../src/jobs/service.ts'

/** A four-year-old office computer beside the one this runs on. */
const slowdown = 4

const pages: Record<string, { path: string; as?: 'officer' | 'enterprise' | 'admin' }> = {
  'sign-in': { path: '/sign-in' },
  overview: { path: '/overview', as: 'officer' },
  explorer: { path: '/explorer', as: 'officer' },
  change: { path: '/change', as: 'officer' },
  competitiveness: { path: '/competitiveness', as: 'officer' },
  brief: { path: '/brief', as: 'officer' },
  warnings: { path: '/warnings', as: 'officer' },
  imports: { path: '/imports', as: 'officer' },
  mails: { path: '/mails', as: 'officer' },
  enterprises: { path: '/enterprises', as: 'officer' },
  ledger: { path: '/ledger', as: 'officer' },
  'my trade': { path: '/my-trade', as: 'enterprise' },
  'my products': { path: '/my-products', as: 'enterprise' },
  'RCEP answer': {
    path: '/rcep?hs=610910&from=CN&to=JP&on=2026-06-01&value=100000&currency=USD',
    as: 'enterprise',
  },
  origin: { path: '/origin', as: 'enterprise' },
  people: { path: '/admin/people', as: 'admin' },
  operation: { path: '/admin/operation', as: 'admin' },
}

interface Weight {
  page: string
  requests: number
  scriptsKb: number
  stylesKb: number
  answersKb: number
  chartsKb: number
  firstContentMs: number
  largestContentMs: number
}

// In the page's own words: this file knows Node, not the browser.
const watch = `new PerformanceObserver((list) => {
  window.largestPaint = list.getEntries().at(-1).startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })`
const read = `({
  firstContentMs: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
  largestContentMs: Math.round(window.largestPaint ?? 0),
})`

const sessions = new Map<string, State>()
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const home = mkdtempSync(join(tmpdir(), 'tradewind-weight-'))
const config = readConfig({ TRADEWIND_HOME: home, PORT: '0', LOG_LEVEL: 'silent' })
const service = await startService({ config, clock: systemClock, demo: true, progress: () => {} })
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
try {
  const weights: Weight[] = []
  for (const [name, { path, as }] of Object.entries(pages))
    weights.push(await weigh(browser, name, { path, as }))
  process.stdout.write(table(weights))
} finally {
  await browser.close()
  await service.stop()
  rmSync(home, { recursive: true, force: true })
}

/** Opens a page as somebody who was never here before. */
async function weigh(
  from: Browser,
  page: string,
  { path, as }: { path: string; as: string | undefined },
): Promise<Weight> {
  const context = await from.newContext({
    baseURL: service.url,
    viewport: { width: 1440, height: 900 },
    ...(as && { storageState: await sessionOf(from, as) }),
  })
  const tab = await context.newPage()
  const session = await context.newCDPSession(tab)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const received: Promise<{ url: string; bytes: number }>[] = []
  tab.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/assets/') || pathname.startsWith('/api/'))
      received.push(
        response.body().then(
          (body) => ({ url: pathname, bytes: gzipSync(body).length }),
          () => ({ url: pathname, bytes: 0 }),
        ),
      )
  })
  await tab.addInitScript({ content: watch })
  await tab.goto(path)
  await tab.locator('h1').first().waitFor()
  await tab.waitForLoadState('networkidle')
  const files = await Promise.all(received)
  const sum = (pattern: RegExp) =>
    Math.round(
      files.filter(({ url }) => pattern.test(url)).reduce((total, { bytes }) => total + bytes, 0) / 1000,
    )
  const paint: Pick<Weight, 'firstContentMs' | 'largestContentMs'> = await tab.evaluate(read)
  await context.close()
  return {
    page,
    requests: files.length,
    scriptsKb: sum(/assets\/(?!echarts-).*\.js$/),
    stylesKb: sum(/\.css$/),
    answersKb: sum(/^\/api\//),
    chartsKb: sum(/assets\/echarts-.*\.js$/),
    ...paint,
  }
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Signed in once a role: sign-ins are limited. */
async function sessionOf(from: Browser, as: string): Promise<State> {
  const kept = sessions.get(as)
  if (kept) return kept
  const context = await from.newContext({ baseURL: service.url })
  const answer = await context.request.post('/api/v1/session', { data: credentials(as) })
  if (!answer.ok()) throw new Error(`sign-in as ${as}: ${answer.status()}`)
  const state = await context.storageState()
  await context.close()
  sessions.set(as, state)
  return state
}

function credentials(as: string): { email: string; password: string } {
  const accounts = JSON.parse(readFileSync(join(checkoutRoot, 'data/samples/accounts.json'), 'utf8'))
  const passwords = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))
  return { email: accounts[as].email, password: passwords[as] }
}

function table(weights: readonly Weight[]): string {
  const columns: [heading: string, cell: (weight: Weight) => number][] = [
    ['requests', ({ requests }) => requests],
    ['scripts kB', ({ scriptsKb }) => scriptsKb],
    ['charts kB', ({ chartsKb }) => chartsKb],
    ['styles kB', ({ stylesKb }) => stylesKb],
    ['answers kB', ({ answersKb }) => answersKb],
    ['first ms', ({ firstContentMs }) => firstContentMs],
    ['largest ms', ({ largestContentMs }) => largestContentMs],
  ]
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`
  return [
    `gzipped, processor slowed ${slowdown} times, nothing cached; first and largest content after the address was opened\n`,
    line(
      'page',
      columns.map(([heading]) => heading),
    ),
    ...weights.map((weight) =>
      line(
        weight.page,
        columns.map(([, cell]) => cell(weight)),
      ),
    ),
  ].join('')
}
