import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import type { RunningService } from './service.ts'

/** The browser to test with, or null where none is installed. */
export function chromiumPath(): string | null {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return existsSync(path) ? path : null
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** The running demo; only for tests that are skipped without a browser. */
export function service(): RunningService {
  const running = inject('service')
  if (!running) throw new Error('no service runs: the test should have been skipped')
  return running
}

export const widths = { desk: 1440, phone: 390 } as const

export interface Visit {
  language?: 'zh' | 'en'
  width?: number
  /** Signed in as; nobody unless given. */
  as?: 'admin' | 'officer' | 'enterprise'
}

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

/** A new visitor's page. Each role signs in once a test file and keeps its session, as sign-ins are limited. */
export async function visit(browser: Browser, options: Visit = {}): Promise<Page> {
  const { language = 'zh', width = widths.desk, as } = options
  const storageState = as && (sessions.get(as) ?? (await signIn(browser, as)))
  const context = await browser.newContext({
    baseURL: service().url,
    viewport: { width, height: 900 },
    ...(storageState && { storageState }),
  })
  const page = await context.newPage()
  await page.goto('/icon.svg')
  await page.evaluate((chosen) => localStorage.setItem('tradewind.language', chosen), language)
  return page
}

async function signIn(browser: Browser, as: 'admin' | 'officer' | 'enterprise') {
  const context = await browser.newContext({ baseURL: service().url })
  const answer = await context.request.post('/api/v1/session', { data: service()[as] })
  if (!answer.ok()) throw new Error(`sign-in as ${as}: ${answer.status()}`)
  const state = await context.storageState()
  sessions.set(as, state)
  await context.close()
  return state
}

/** Data of an API answer, with the page's session. */
export async function api(page: Page, path: string): Promise<{ data: never; meta: never }> {
  const answer = await page.request.get(`/api/v1${path}`)
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`)
  return answer.json()
}

/** Opens an address and waits until everything asked for has arrived. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}
