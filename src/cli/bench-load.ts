import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Answered {
  path: string
  /** HTTP status; 0 when the connection failed. */
  status: number
  /** From the moment the request was due, so that a service that stalls cannot hide it. */
  ms: number
}

interface Target {
  url: string
  headers: Record<string, string>
}

/** Sends so many requests a second, each at its time whether or not earlier ones were answered, and waits for all answers. */
export async function sendSteadily(
  target: Target,
  { rate, seconds, question }: { rate: number; seconds: number; question: (turn: number) => string },
): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const pending: Promise<Answered>[] = []
  const started = performance.now()
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const due = started + (turn * 1000) / rate
    const early = due - performance.now()
    if (early > 1) await sleep(early)
    pending.push(ask(target, agent, { path: question(turn), due }))
  }
  const answers = await Promise.all(pending)
  agent.destroy()
  return answers
}

function ask(
  { url, headers }: Target,
  agent: Agent,
  { path, due }: { path: string; due: number },
): Promise<Answered> {
  return new Promise((resolve) => {
    const done = (status: number) => resolve({ path, status, ms: performance.now() - due })
    const request = get(`${url}/api/v1${path}`, { agent, headers, timeout: 60_000 }, (reply) => {
      reply.resume()
      reply.once('end', () => done(reply.statusCode ?? 0))
      reply.once('error', () => done(0))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => done(0))
  })
}

const askEveryMs = 1000

/**
 * Watches the memory of a service by its own metrics until stopped; then the peak in megabytes, null where it tells none: to another
 * machine, without its METRICS_TOKEN.
 */
export function peakMemory(url: string, metricsToken?: string): { stop(): Promise<number | null> } {
  let peak: number | null = null
  const headers: Record<string, string> = metricsToken ? { authorization: `Bearer ${metricsToken}` } : {}
  const look = async () => {
    const text = await fetch(`${url}/api/v1/metrics`, { headers }).then((reply) => reply.text())
    const bytes = /^tradewind_process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]
    if (bytes) peak = Math.max(peak ?? 0, Math.round(Number(bytes) / 1_048_576))
  }
  const timer = setInterval(() => void look().catch(() => {}), askEveryMs)
  return {
    async stop() {
      clearInterval(timer)
      await look().catch(() => {})
      return peak
    },
  }
}
