import { type Attachment, simpleParser } from 'mailparser'
import { type BounceReport, failedRecipients } from './bounce.ts'

/**
 * Reads a message as a report of failed delivery (RFC 3462), or by the X-Failed-Recipients header some servers write
 * instead; null when it is neither. A report of a delay has nobody in it.
 */
export async function readBounce(message: Buffer): Promise<BounceReport | null> {
  const mail = await simpleParser(message, { keepDeliveryStatus: true, skipTextToHtml: true })
  const part = (types: RegExp) => mail.attachments.find(({ contentType }) => types.test(contentType))
  const status = part(/^message\/(global-)?delivery-status$/)
  const messageId = originalId(part(/^(message\/rfc822|text\/rfc822-headers|message\/global(-headers)?)$/))
  if (status) return { messageId, failed: failedRecipients(status.content.toString('utf8')) }
  const header = mail.headers.get('x-failed-recipients')
  if (typeof header !== 'string') return null
  const said = /\b5\.\d{1,3}\.\d{1,3}\b[^\r\n]*/.exec(mail.text ?? '')?.[0] ?? '5.0.0'
  return {
    messageId,
    failed: header.split(',').flatMap((one) => {
      const address = one.trim().toLowerCase()
      const [code = ''] = said.split(' ')
      return address.includes('@') ? [{ address, status: code, diagnostic: said.slice(0, 500) }] : []
    }),
  }
}

function originalId(returned: Attachment | undefined): string | null {
  const headers = returned?.content.toString('utf8').split(/\r?\n\r?\n/, 1)[0] ?? ''
  return /^message-id:\s*(<[^<>\s]+>)/im.exec(headers)?.[1] ?? null
}
