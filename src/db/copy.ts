import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/**
 * Streams chunks of `copyRow` text into a table, inside the client's transaction. Back-pressure reaches the source;
 * a source that throws makes the server roll the COPY back.
 */
export async function copyInto(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<void> {
  await pipeline(chunks, client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)))
}
