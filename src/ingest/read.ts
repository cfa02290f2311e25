import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ByteFacts, byteInspector, type Encoding } from './bytes.ts'
import { say } from './messages.ts'

/** The kinds of container a file may come in. */
export type Container = 'plain' | 'gzip' | 'xlsx' | 'xls'

export interface FileFacts extends ByteFacts {
  container: Container
  /** What a person should know of a workbook whose sheet this is. */
  warnings?: string[]
  /** What the bytes say where the user set another encoding. */
  detected?: Encoding
  /** Of the file as it lies on disk. */
  sha256: string
  sizeBytes: number
}

const chunkBytes = 256 * 1024
const headCharacters = 16 * 1024
const lineFeed = 10

/** First pass over a file: hash, encoding and damage, in constant memory. Throws what the file system throws, and when aborted. */
export async function inspectFile(path: string, signal?: AbortSignal): Promise<FileFacts> {
  const container = await containerOf(path)
  const hash = createHash('sha256')
  const inspector = byteInspector()
  let sizeBytes = 0
  const note = (chunk: Buffer | string): void => {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  if (container === 'gzip') {
    const source = createReadStream(path, { highWaterMark: chunkBytes }).on('data', note)
    await pipeline(source, createGunzip({ chunkSize: chunkBytes }), async (bytes) => {
      for await (const chunk of bytes) {
        signal?.throwIfAborted()
        inspector.push(chunk)
      }
    })
  } else {
    for await (const block of fileBlocks(path)) {
      signal?.throwIfAborted()
      note(block)
      inspector.push(block)
    }
  }
  return { ...inspector.finish(), container, sha256: hash.digest('hex'), sizeBytes }
}

/**
 * What the beginning of a file says of the whole, by its whole lines; null for what comes in a container or is damaged. Hash and size
 * of the file are not known then.
 */
export async function likelyFacts(path: string): Promise<FileFacts | null> {
  if ((await containerOf(path)) !== 'plain') return null
  const [beginning] = blocksAtOnce(path)
  const { size } = await stat(path)
  const inspector = byteInspector()
  inspector.push(beginning?.subarray(0, beginning.lastIndexOf(lineFeed) + 1) ?? Buffer.alloc(0))
  const facts = inspector.finish()
  if (facts.nuls.count > 0 || facts.bytes === 0) return null
  return { ...facts, container: 'plain', sha256: '', sizeBytes: size }
}

/** With the encoding the user set, if any (imports of earlier releases could not), in place of what the bytes say. */
export function withEncoding(facts: FileFacts, encoding: Encoding | null | undefined): FileFacts {
  if (!encoding || (facts.container !== 'plain' && facts.container !== 'gzip')) return facts
  const evidence = [...facts.evidence, say('encoding-set', { encoding })]
  return { ...facts, encoding, detected: facts.encoding, evidence }
}

interface HowToRead {
  container: Container
  encoding: Encoding
  /** Hears how many bytes were read from disk. */
  onBytes?: ((read: number) => void) | undefined
}

/** The file as text, chunk by chunk, without its byte order mark. */
export async function* readText(path: string, how: HowToRead): AsyncGenerator<string> {
  const decoder = new TextDecoder(how.encoding)
  for await (const chunk of readBytes(path, how)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** The bytes of the file as text of one character each, without the mark of UTF-8, to be decoded cell by cell. */
export async function* readLatin1(path: string, how: HowToRead): AsyncGenerator<string> {
  let first = true
  for await (const chunk of readBytes(path, how)) {
    const text = chunk.toString('latin1')
    yield first && text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text
    first = false
  }
}

/** The bytes of the file without its compression; a block holds until the next is asked for. */
export async function* readBytes(path: string, { container, onBytes }: HowToRead): AsyncGenerator<Buffer> {
  let read = 0
  const note = (chunk: Buffer | string): void => {
    read += chunk.length
    onBytes?.(read)
  }
  if (container === 'gzip') {
    const source = createReadStream(path, { highWaterMark: chunkBytes }).on('data', note)
    try {
      yield* source.compose(createGunzip({ chunkSize: chunkBytes }))
    } finally {
      source.destroy()
    }
    return
  }
  for (const block of blocksAtOnce(path)) {
    note(block)
    yield block
  }
}

/** A file block by block, without asking others to read it: for a thread that does nothing else, and for beginnings. */
function* blocksAtOnce(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  const buffer = Buffer.allocUnsafeSlow(chunkBytes)
  try {
    for (;;) {
      const read = readSync(file, buffer, 0, chunkBytes, null)
      if (read === 0) return
      yield buffer.subarray(0, read)
    }
  } finally {
    closeSync(file)
  }
}

/** A file block by block, in one buffer that is used again: new ones would keep the garbage collector busy. */
async function* fileBlocks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** The beginning of the text, for sniffing. */
export async function readHead(
  path: string,
  how: { container: Container; encoding: Encoding },
): Promise<string> {
  let head = ''
  for await (const chunk of readText(path, how)) {
    head += chunk
    if (head.length >= headCharacters) break
  }
  return head.slice(0, headCharacters)
}

/** What a file is by its first bytes. */
export async function containerOf(path: string): Promise<Container> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    const start = buffer.subarray(0, bytesRead).toString('hex')
    if (start.startsWith('1f8b')) return 'gzip'
    if (start === '504b0304') return 'xlsx'
    return start === 'd0cf11e0' ? 'xls' : 'plain'
  } finally {
    await file.close()
  }
}
