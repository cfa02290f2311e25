import { isUtf8 } from 'node:buffer'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What all bytes of a file, not a sample of them, say about it. */
export interface ByteFacts {
  bytes: number
  encoding: Encoding
  /** How the encoding was settled, pass by pass. */
  evidence: string[]
  /** Number of NUL characters and the byte offsets of the first thousands of them; none in UTF-16 padding. */
  nuls: { count: number; offsets: number[] }
  /** A run of at least 512 zero bytes: the file was damaged when it was stored. */
  zeroFill: { offset: number; length: number } | null
  /** Where the characters of the encoding that all bytes before speak for end: the file was damaged, or cut there. */
  broken: { encoding: Encoding; offset: number } | null
}

export interface ByteInspector {
  push(chunk: Uint8Array): void
  finish(): ByteFacts
}

const zeroFillBytes = 512
const rememberedOffsets = 10_000

/**
 * Looks at the bytes as they stream by. Encodings are tried in this order: byte order mark, UTF-16 by the place of its
 * zero bytes, strict UTF-8 over everything, GB18030 over everything, Windows-1252. Western letters between ASCII ones
 * also happen to be valid GB18030, so that one must look like Chinese: its second bytes are mostly not ASCII.
 */
export function byteInspector(): ByteInspector {
  let bytes = 0
  let mark: Encoding | null = null
  let start = new Uint8Array(0)
  const zeros = zeroCounter()
  const utf8 = utf8Check()
  const gb = gbCheck()
  return {
    push(chunk) {
      if (start.length < 4) {
        start = Uint8Array.from([...start, ...chunk.subarray(0, 4)]).subarray(0, 4)
        mark = markOf(start)
      }
      zeros.push(chunk, bytes)
      utf8.push(chunk)
      gb.push(chunk)
      bytes += chunk.length
    },
    finish() {
      const evidence: string[] = []
      const found = { mark, bytes, zeros, utf8: utf8.finish(), gb: gb.finish() }
      const encoding = settle(found, evidence)
      const wide = encoding.startsWith('utf-16')
      const nuls = wide ? { count: 0, offsets: [] } : { count: zeros.count(), offsets: zeros.offsets }
      return { bytes, encoding, evidence, nuls, zeroFill: zeros.longest(), broken: brokenIn(encoding, found) }
    },
  }
}

interface Findings {
  mark: Encoding | null
  bytes: number
  zeros: ReturnType<typeof zeroCounter>
  utf8: Utf8Found
  gb: GbFound
}

/** Characters of several bytes, up to the first that is none; `end` is where that begins, or the length of the file. */
interface Utf8Found {
  valid: boolean
  end: number
  /** Counted in the beginning alone. */
  characters: number
}

interface GbFound {
  valid: boolean
  end: number
  pairs: number
  chinese: number
}

/** So many characters of several bytes in a row are no coincidence. */
const fewCharacters = 10

function brokenIn(encoding: Encoding, { mark, utf8, gb }: Findings): ByteFacts['broken'] {
  if (mark === 'utf-8' && !utf8.valid) return { encoding: 'utf-8', offset: utf8.end }
  if (encoding !== 'windows-1252') return null
  if (utf8.characters >= fewCharacters) return { encoding: 'utf-8', offset: utf8.end }
  const isChinese = gb.pairs >= fewCharacters && gb.chinese * 2 >= gb.pairs
  return !gb.valid && isChinese ? { encoding: 'gb18030', offset: gb.end } : null
}

function settle({ mark, bytes, zeros, utf8, gb }: Findings, evidence: string[]): Encoding {
  if (mark !== null) {
    evidence.push(`byte order mark of ${mark}`)
    return mark
  }
  evidence.push('no byte order mark')
  const parity = zeros.parity(bytes)
  if (parity !== null) {
    evidence.push(`every other byte is zero in much of the file: ${parity}`)
    return parity
  }
  if (utf8.valid) {
    evidence.push('all bytes are valid UTF-8')
    return 'utf-8'
  }
  evidence.push('not UTF-8')
  if (gb.valid && gb.chinese * 2 >= gb.pairs) {
    evidence.push(
      `all bytes are valid GB18030, ${gb.chinese} of ${gb.pairs} multibyte characters look Chinese`,
    )
    return 'gb18030'
  }
  evidence.push(gb.valid ? 'valid GB18030, but letters between ASCII ones' : 'not GB18030')
  evidence.push('taken as Windows-1252')
  return 'windows-1252'
}

function markOf(start: Uint8Array): Encoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return null
}

function zeroCounter() {
  const offsets: number[] = []
  const byParity = [0, 0]
  let last = -2
  let run = 0
  let longest: { offset: number; length: number } | null = null
  return {
    offsets,
    push(chunk: Uint8Array, before: number) {
      for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) {
        const offset = before + at
        run = offset === last + 1 ? run + 1 : 1
        last = offset
        byParity[offset % 2] = (byParity[offset % 2] ?? 0) + 1
        if (offsets.length < rememberedOffsets) offsets.push(offset)
        if (run >= zeroFillBytes && run > (longest?.length ?? 0)) {
          longest = { offset: offset - run + 1, length: run }
        }
      }
    },
    count: () => (byParity[0] ?? 0) + (byParity[1] ?? 0),
    longest: () => longest,
    /** UTF-16 when a fifth of the bytes is zero and nearly all of those stand at odd (or even) offsets. */
    parity(bytes: number): Encoding | null {
      const [even = 0, odd = 0] = byParity
      const count = even + odd
      if (count * 5 < bytes || count === 0 || longest !== null) return null
      if (odd * 20 >= count * 19) return 'utf-16le'
      return even * 20 >= count * 19 ? 'utf-16be' : null
    },
  }
}

/** Strict UTF-8 over a stream: a character cut by the end of a chunk is judged with the next one. */
function utf8Check() {
  let carried = Buffer.alloc(0)
  let valid = true
  let end = 0
  let characters = 0
  return {
    push(chunk: Uint8Array) {
      if (!valid) return
      const all =
        carried.length > 0
          ? Buffer.concat([carried, chunk])
          : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
      const complete = completeUtf8(all)
      valid = isUtf8(all.subarray(0, complete))
      const good = valid ? complete : validUtf8(all)
      if (end < countedBytes) characters += countLeads(all.subarray(0, Math.min(good, countedBytes - end)))
      end += good
      carried = Buffer.from(all.subarray(complete))
    },
    finish: (): Utf8Found => ({ valid: valid && carried.length === 0, end, characters }),
  }
}

/** Only in the beginning of a file are its characters counted: the rest goes by at the speed of the check alone. */
const countedBytes = 64 * 1024

function countLeads(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => (byte >= 0xc0 ? count + 1 : count), 0)
}

/** Length of the whole characters before the first byte that belongs to none. */
function validUtf8(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length + 1]
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1
    const start = bytes.subarray(0, middle)
    if (isUtf8(start.subarray(0, completeUtf8(start)))) good = middle
    else bad = middle
  }
  return completeUtf8(bytes.subarray(0, good))
}

/** Length of the bytes before a character that the end cuts. */
function completeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

const isLead = (byte: number) => byte >= 0x81 && byte !== 0xff
const isTrail = (byte: number) => byte >= 0x40 && byte !== 0x7f && byte !== 0xff
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39

const allHigh = 0x80808080 | 0
/** Whether one of the four bytes is zero. */
const hasZero = (word: number) => ((word - 0x01010101) & ~word & allHigh) !== 0

/** Walks GB18030: two bytes (second 40–7E or 80–FE) or four (second and fourth 30–39). Carries its state over chunks. */
function gbCheck() {
  let valid = true
  let place = 0
  let pairs = 0
  let chinese = 0
  let before = 0
  let end = 0
  const step = (byte: number): void => {
    if (place === 1) {
      pairs += 1
      if (byte >= 0x80 || isDigit(byte)) chinese += 1
      valid = isTrail(byte) || isDigit(byte)
      place = isDigit(byte) ? 2 : 0
      return
    }
    valid = place === 3 ? isDigit(byte) : isLead(byte)
    place = place === 3 ? 0 : place + 1
  }
  /** Passes ASCII and pairs of high bytes, which is nearly all of a Chinese file, four bytes at a time; where that ends. */
  const passPlain = (chunk: Uint8Array, view: DataView, from: number): number => {
    const end = chunk.length - 3
    let at = from
    let passed = 0
    while (at < end) {
      const word = view.getInt32(at)
      const high = word & 0x80808080
      if (high === 0) at += 4
      else if (high === allHigh && !hasZero(~word) && !hasZero(word ^ allHigh)) {
        passed += 2
        at += 4
      } else if (word >= 0) at += 1
      else {
        const lead = word >>> 24
        const trail = (word >>> 16) & 255
        if (lead === 0x80 || lead === 0xff || trail < 0x80 || trail === 0xff) break
        passed += 1
        at += 2
      }
    }
    pairs += passed
    chinese += passed
    return at
  }
  return {
    push(chunk: Uint8Array) {
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
      for (let at = 0; valid && at < chunk.length; at++) {
        if (place === 0) {
          at = passPlain(chunk, view, at)
          end = before + at
        }
        const byte = chunk[at] ?? 0
        if (byte >= 0x80 || place !== 0) step(byte)
      }
      before += chunk.length
    },
    finish: (): GbFound => ({ valid: valid && place === 0, end, pairs, chinese }),
  }
}
