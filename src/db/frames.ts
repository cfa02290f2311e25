/** Bytes as they lie in a backup: each frame is its length in four bytes and its content; an empty one ends a table. */
export function frame(content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Reads frames from a stream of chunks; null where the stream ends, also in the middle of one. */
export function frameReader(chunks: AsyncIterable<Buffer>): () => Promise<Buffer | null> {
  const source = chunks[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const take = async (size: number): Promise<Buffer | null> => {
    const parts = [held]
    for (let length = held.length; length < size; ) {
      const next = await source.next()
      if (next.done) return null
      parts.push(next.value)
      length += next.value.length
    }
    const all = parts.length === 1 ? held : Buffer.concat(parts)
    held = all.subarray(size)
    return all.subarray(0, size)
  }
  return async () => {
    const length = await take(4)
    return length && (await take(length.readUInt32BE()))
  }
}
