/** Bytes to be sent, in one buffer that is handed over when it is full. */
export interface ByteSink {
  bytes: Uint8Array
  view: DataView
  size: number
}

/** Bytes that are worth a message to the thread that writes them. */
export const chunkBytes = 256 * 1024

const sinkBytes = 512 * 1024
/** Buffers whose bytes were sent, to be filled again: making new ones would keep the garbage collector busy. */
const spare: Uint8Array[] = []
const mostSpare = 16

export function byteSink(): ByteSink {
  const bytes = emptyBytes()
  return { bytes, view: new DataView(bytes.buffer), size: 0 }
}

function emptyBytes(): Uint8Array {
  return spare.pop() ?? new Uint8Array(sinkBytes)
}

/** Takes back what `takeBytes` gave away, once nobody reads it any more. */
export function giveBack(buffer: ArrayBuffer): void {
  if (buffer.byteLength === sinkBytes && spare.length < mostSpare) spare.push(new Uint8Array(buffer))
}

/** Makes room for that many bytes more. */
export function makeRoom(sink: ByteSink, more: number): void {
  if (sink.size + more <= sink.bytes.length) return
  const bytes = new Uint8Array(Math.max(sink.bytes.length * 2, sink.size + more))
  bytes.set(sink.bytes.subarray(0, sink.size))
  sink.bytes = bytes
  sink.view = new DataView(bytes.buffer)
}

/** What was written so far, which the sink then no longer holds. */
export function takeBytes(sink: ByteSink): Uint8Array {
  const taken = sink.bytes.subarray(0, sink.size)
  sink.bytes = emptyBytes()
  sink.view = new DataView(sink.bytes.buffer)
  sink.size = 0
  return taken
}

const encoder = new TextEncoder()

export function writeText(sink: ByteSink, text: string): void {
  makeRoom(sink, text.length * 3)
  const { bytes, size } = sink
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) {
      writeEncoded(sink, text)
      return
    }
    bytes[size + at] = code
  }
  sink.size += text.length
}

function writeEncoded(sink: ByteSink, text: string): void {
  sink.size += encoder.encodeInto(text, sink.bytes.subarray(sink.size)).written
}

/** Room must have been made. */
export function writeBytes(sink: ByteSink, from: Uint8Array): void {
  const { bytes } = sink
  let at = sink.size
  for (let index = 0; index < from.length; index++) {
    bytes[at] = from[index] ?? 0
    at += 1
  }
  sink.size = at
}

/** Bytes in words of four, to be written more often than made. */
export interface Words {
  words: Int32Array
  size: number
}

export function wordsOf(bytes: Uint8Array): Words {
  const words = new Int32Array(Math.ceil(bytes.length / 4))
  const padded = new Uint8Array(words.length * 4)
  padded.set(bytes)
  const view = new DataView(padded.buffer)
  for (let at = 0; at < words.length; at++) words[at] = view.getInt32(at * 4)
  return { words, size: bytes.length }
}

/** Room for four bytes more must have been made. */
export function writeWords(sink: ByteSink, { words, size }: Words): void {
  const { view, size: from } = sink
  for (let at = 0; at < words.length; at++) view.setInt32(from + at * 4, words[at] ?? 0)
  sink.size = from + size
}

/** Writes whole thousandths as decimal text without superfluous zeros; room for 20 bytes must have been made. */
export function writeThousandths(sink: ByteSink, thousandths: number): void {
  const size = Math.abs(thousandths)
  const whole = Math.floor(size / 1000)
  if (thousandths < 0) writeByte(sink, 45)
  writeWhole(sink, whole)
  let rest = size - whole * 1000
  if (rest === 0) return
  writeByte(sink, 46)
  for (let unit = 100; rest > 0; unit /= 10) {
    const digit = Math.floor(rest / unit)
    writeByte(sink, 48 + digit)
    rest -= digit * unit
  }
}

/** A whole number that is not negative; room for 16 bytes must have been made. */
export function writeWhole(sink: ByteSink, number: number): void {
  if (number >= 1_000_000_000) {
    const millions = Math.floor(number / 1_000_000)
    writeWhole(sink, millions)
    writeDigits(sink, number - millions * 1_000_000, 6)
    return
  }
  let length = 1
  for (let limit = 10; number >= limit; limit *= 10) length += 1
  writeDigits(sink, number, length)
}

function writeDigits(sink: ByteSink, number: number, length: number): void {
  const { bytes } = sink
  let rest = number | 0
  for (let at = sink.size + length - 1; at >= sink.size; at--) {
    const tenth = (rest / 10) | 0
    bytes[at] = 48 + rest - tenth * 10
    rest = tenth
  }
  sink.size += length
}

/** Room must have been made. */
export function writeByte(sink: ByteSink, byte: number): void {
  sink.bytes[sink.size] = byte
  sink.size += 1
}
