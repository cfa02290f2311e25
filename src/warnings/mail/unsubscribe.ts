import { createHmac, timingSafeEqual } from 'node:crypto'

/** Where an address without an account ends its mails; the token follows. */
const path = '/api/v1/warnings/unsubscribe/'
/** Stands for the token in the outbox and on the page of mails: it is put in on the wire alone. */
const untold = '-'

export interface Recipient {
  id: number
  email: string
}

/** The link as it is composed, without its token. */
export function unsubscribeLink(publicUrl: string): string {
  return `${publicUrl}${path}${untold}`
}

/** A text with the token in every such link. */
export function withToken(text: string, token: string): string {
  return text.replaceAll(`${path}${untold}`, `${path}${token}`)
}

/** The token of a recipient: always the same, another one when the address of the subscription is another. */
export function unsubscribeToken(key: Uint8Array, { id, email }: Recipient): string {
  return `${id}.${createHmac('sha256', key).update(`${id} ${email}`).digest('base64url')}`
}

/** Whether it is the recipient's; compares in constant time. */
export function isTokenOf(token: string, key: Uint8Array, recipient: Recipient): boolean {
  const [given, own] = [Buffer.from(token), Buffer.from(unsubscribeToken(key, recipient))]
  return given.length === own.length && timingSafeEqual(given, own)
}

/**
 * The headers a mail program shows its own button for (RFC 2369, RFC 8058). A click then posts to the address without
 * asking back, which the standard allows over https alone.
 */
export function unsubscribeHeaders(link: string): Record<string, string> {
  const oneClick = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  return { 'List-Unsubscribe': `<${link}>`, ...(link.startsWith('https://') ? oneClick : {}) }
}
