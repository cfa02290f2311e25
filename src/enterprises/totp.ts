import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const stepSeconds = 30

/** A new secret of 160 bits, in base32 as authenticators read it. */
export function newTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => alphabet.charAt(byte % 32)).join('')
}

/** The address an authenticator reads from a picture. */
export function totpAddress(secret: string, email: string): string {
  return `otpauth://totp/Tradewind:${encodeURIComponent(email)}?secret=${secret}&issuer=Tradewind`
}

/** The six digits of a time step (RFC 6238 with SHA-1 and thirty seconds, truncated after RFC 4226). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/**
 * The step a code belongs to, one step early or late allowed; null when it is wrong or not later than `lastStep`. A last step that lies
 * ahead was noted by a clock that ran ahead: it locks nobody out.
 */
export function totpStep(
  secret: string,
  code: string,
  options: { now: Date; lastStep: number | null },
): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const current = Math.floor(options.now.getTime() / 1000 / stepSeconds)
  const { lastStep } = options
  const spent = lastStep === null || lastStep > current + 1 ? -1 : lastStep
  const steps = [current, current - 1, current + 1].filter((step) => step > spent)
  return steps.find((step) => timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) ?? null
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const character of text) {
    held = (held << 5) | alphabet.indexOf(character)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 255)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
