/** An address a server would not deliver to. */
export interface Returned {
  /** Lower case. */
  address: string
  /** RFC 3463 (5.1.1), or the reply code (550) where the server gave no more. */
  status: string
  /** What the server said, in one line. */
  diagnostic: string
}

/** A message that came back: whom it could never reach, and which of ours it was about. */
export interface BounceReport {
  /** Message-ID of the returned mail, with its angle brackets; null where the report does not hold it. */
  messageId: string | null
  failed: Returned[]
}

/**
 * The recipients a delivery status (RFC 3464: groups of fields with empty lines between, the first about the message)
 * reports as failed for good; delays, relays and temporary failures are none.
 */
export function failedRecipients(deliveryStatus: string): Returned[] {
  return deliveryStatus.split(/\r?\n[ \t]*\r?\n/).flatMap((group) => {
    const fields = fieldsOf(group)
    const recipient = fields.get('final-recipient') ?? fields.get('original-recipient') ?? ''
    const address = addressIn(fields.get('original-recipient') ?? '') ?? addressIn(recipient)
    const status = fields.get('status')?.match(/\b\d\.\d{1,3}\.\d{1,3}\b/)?.[0] ?? ''
    if (!address || fields.get('action')?.toLowerCase() !== 'failed' || !status.startsWith('5.')) return []
    const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^smtp;\s*/i, '')
    return [{ address, status, diagnostic: diagnostic.slice(0, 500) }]
  })
}

/** Why a refusal on the wire is about the address; null where it is about the sender, the mail or the moment. */
export function refusedAddress(reply: { code: number; text: string }): Omit<Returned, 'address'> | null {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply.text)?.[1]
  // 5.7 is policy: a blocked sender finds every box closed
  if (reply.code < 500 || enhanced?.startsWith('5.7.') || enhanced?.startsWith('4.')) return null
  return { status: enhanced ?? String(reply.code), diagnostic: oneLineOf(reply.text).slice(0, 500) }
}

function fieldsOf(group: string): Map<string, string> {
  const unfolded = group.replaceAll(/\r?\n[ \t]+/g, ' ')
  const lines = [...unfolded.matchAll(/^([A-Za-z-]+)[ \t]*:[ \t]*(.*)$/gm)]
  return new Map(lines.map(([, name = '', value = '']) => [name.toLowerCase(), oneLineOf(value)]))
}

/** `rfc822; someone@example.cn` */
function addressIn(field: string): string | null {
  const address = field.replace(/^[a-z0-9-]+\s*;\s*/i, '').replaceAll(/[<>]/g, '')
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address.toLowerCase() : null
}

function oneLineOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
