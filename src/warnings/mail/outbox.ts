import type { Delivery } from '../../mail.ts'

const backOffMinutes = [1, 5, 15, 60, 240]
const mostRefusals = 12

/** What the outbox notes of an attempt (counted from 1): sent with the server's answer, given up, or when to try again. */
export function afterAttempt(delivery: Delivery, attempts: number, now: Date) {
  if (delivery.ok) {
    return { state: 'sent', sentAt: now, smtpResponse: delivery.response.slice(0, 500), lastError: null }
  }
  const lastError = delivery.error
  // a server that is away is no reason to give a mail up
  if (delivery.permanent || (delivery.reachable && attempts >= mostRefusals))
    return { state: 'failed', lastError }
  const minutes = backOffMinutes[Math.min(attempts, backOffMinutes.length) - 1] ?? 1
  return { state: 'queued', lastError, nextAttemptAt: new Date(now.getTime() + minutes * 60_000) }
}
