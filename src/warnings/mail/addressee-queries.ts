import { sql } from 'kysely'
import type { Tx } from '../../db/connect.ts'

/**
 * Why a mail that waited must not be sent any more; null when it may. Who was written to may have been disabled, gone to another firm,
 * left the bureau or unsubscribed meanwhile. It is read at the moment of sending.
 */
export async function whyWithheld(tx: Tx, mailId: number): Promise<string | null> {
  const { rows } = await sql<{ disabled: boolean | null; fits: boolean | null }>`
    select a.disabled_at is not null as disabled,
      case when s.id is not null then s.account_id is null or s.enterprise_id is not distinct from a.enterprise_id
        else a.enterprise_id is not distinct from m.enterprise_id end as fits
    from mail m
    left join subscription s on s.id = m.subscription_id and s.active
    left join account a on a.id = coalesce(s.account_id, m.account_id)
    where m.id = ${mailId} and (s.id is not null or a.id is not null)`.execute(tx)
  const [addressee] = rows
  if (!addressee) return 'not sent: its recipient is subscribed no more'
  if (addressee.disabled) return 'not sent: the account of its recipient is disabled'
  return addressee.fits ? null : 'not sent: its recipient is no longer of whom it was written for'
}
