import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

interface Entry {
  /** Where its header starts in the file. */
  at: number
  packed: number
  deflated: boolean
}

/** What a zip archive unpacks to; `bytes` is null once that is more than allowed, or when nobody can tell. */
export interface Unpacked {
  bytes: number | null
}

/** The end of a zip archive and the longest comment after it. */
const tailBytes = 22 + 65_535
const mostEntries = 10_000

/**
 * Measures what an archive unpacks to by unpacking it to nowhere, as its directory may lie; ends as soon as that is more
 * than `most` bytes. Memory is constant. Null when the file is no archive with a directory.
 */
export async function measureArchive(path: string, most: number): Promise<Unpacked | null> {
  const file = await open(path)
  let entries: Entry[] | null
  try {
    entries = await entriesOf(file)
  } finally {
    await file.close()
  }
  if (entries === null) return null
  let bytes = 0
  for (const entry of entries) {
    bytes += entry.deflated ? await inflatedBytes(path, entry, most - bytes) : entry.packed
    if (bytes > most) return { bytes: null }
  }
  return { bytes }
}

async function entriesOf(file: FileHandle): Promise<Entry[] | null> {
  const { size } = await file.stat()
  const tail = await slice(file, Math.max(0, size - tailBytes), size)
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end === -1 || end + 22 > tail.length) return null
  const count = tail.readUInt16LE(end + 10)
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (count > mostEntries || start + length > size) return null
  const directory = await slice(file, start, start + length)
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) return null
    const packed = directory.readUInt32LE(at + 20)
    const header = directory.readUInt32LE(at + 42)
    const local = await slice(file, header, header + 30)
    if (local.length < 30) return null
    const data = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
    if (data + packed > size) return null
    entries.push({ at: data, packed, deflated: directory.readUInt16LE(at + 10) === 8 })
    const [name, extra, comment] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries.length > 0 ? entries : null
}

async function slice(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, to - from)), 0, to - from, from)
  return buffer.subarray(0, bytesRead)
}

/** Bytes of one unpacked entry; more than `most` is only known to be more. What is broken counts as far as it goes. */
async function inflatedBytes(path: string, { at, packed }: Entry, most: number): Promise<number> {
  if (packed === 0) return 0
  let bytes = 0
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > most) return
    }
  }
  await pipeline(
    createReadStream(path, { start: at, end: at + packed - 1 }),
    createInflateRaw(),
    count,
  ).catch(ignoreBroken)
  return bytes
}

/** A broken entry is the workbook reader's to refuse; a generator that ends early closes what feeds it. */
function ignoreBroken(error: NodeJS.ErrnoException): void {
  if (
    error.code?.startsWith('Z_') ||
    error.code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    error.name === 'AbortError'
  )
    return
  throw error
}
