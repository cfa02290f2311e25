import { type RawBuilder, sql } from 'kysely'

const recentSlices = 24

/**
 * Whether a notice or an event is for a firm: of its district (the first five digits of its code), and for one of the HS chapters it has
 * a product in or, by the newest loaded months, trades. In the firm's scope: trade_sum stands for its own rows there. The chapters are
 * looked up once, and only where a row names some.
 */
export function isForFirm(enterpriseId: string): RawBuilder<boolean> {
  return sql<boolean>`(districts = '{}' or left(${enterpriseId}, 5) = any(districts))
    and (chapters = '{}' or chapters && array(
      with recent as (
        select id from slice where superseded_at is null and months < 12 order by period desc, id limit ${recentSlices}
      )
      select left(hs, 2) from product where enterprise_id = ${enterpriseId}
      union
      select left(r.hs, 2) from recent join trade_sum r on r.slice_id = recent.id
      where r.dims = 'enterprise+hs8' and r.enterprise = ${enterpriseId}))`
}
