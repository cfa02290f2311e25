import type pg from 'pg'
import { copyInto } from '../db/copy.ts'
import { copyRow } from '../db/copy-text.ts'
import { inTransaction } from '../db/transaction.ts'
import { invalid } from '../errors.ts'
import type { GroupFile } from './groups.ts'

/** Puts groups of partners in place of any loaded under the same name. Throws for a name that is shipped. */
export async function storeGroups(pool: pg.Pool, groups: readonly GroupFile[], now: Date): Promise<void> {
  await inTransaction(pool, async (client) => {
    for (const { group, origin, sha256, members } of groups) {
      const shipped = await client.query('select from country_group where name = $1 limit 1', [group])
      if (shipped.rowCount)
        throw invalid('group', group, 'a name that is not shipped with the reference facts')
      await client.query('delete from group_list where name = $1', [group])
      await client.query(
        'insert into group_list (name, origin, sha256, rows, loaded_at) values ($1, $2, $3, $4, $5)',
        [group, origin, sha256, members.length, now],
      )
      const lines = members.map(({ member, from, to }) => copyRow([group, member, from, to]))
      await copyInto(
        client,
        'group_list_member',
        ['name', 'member', 'valid_from', 'valid_to'],
        [lines.join('')],
      )
    }
  })
}
