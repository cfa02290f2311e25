-- Sums by subheading and by line are most rows of a load. They too are kept as lists: a chapter holds its subheadings, a heading its
-- lines. Rows of earlier loads stay as they are.
create or replace view trade_sum with (security_invoker = false) as
select slice_id, dims, case when hs < ':' collate "C" then left(hs, 2) else hs end as chapter, hs, partner, mode, ownership,
  transport, district, enterprise, value_cny, value_usd, quantity, unit, rows
from trade_rollup
union all
select slice_id, 'hs6', beside_hs, hs, partner, mode, ownership, transport, district, enterprise,
  value_cny, value_usd, quantity, unit, rows
from rollup_line where beside = 'hs2' and dims = 'hs6'
union all
select slice_id, 'hs8', case when beside_hs < ':' collate "C" then left(beside_hs, 2) else beside_hs end, hs, partner, mode, ownership,
  transport, district, enterprise, value_cny, value_usd, quantity, unit, rows
from rollup_line where beside = 'hs4' and dims = 'hs8'
union all
select slice_id, 'partner+hs8', beside_hs, hs, partner, mode, ownership, transport, district, enterprise,
  value_cny, value_usd, quantity, unit, rows
from rollup_line where beside = 'partner+hs2' and dims = 'partner+hs8'
union all
select slice_id, 'partner+hs6', beside_hs, case when hs < ':' collate "C" then left(hs, 6) else hs end, partner, '', '', '', '', '',
  sum(value_cny), sum(value_usd),
  case when count(quantity) = count(*) and count(unit) = count(*) and min(unit) = max(unit) then sum(quantity) end,
  case when count(quantity) = count(*) and count(unit) = count(*) and min(unit) = max(unit) then min(unit) end,
  sum(rows)::bigint
from rollup_line where beside = 'partner+hs2' and dims in ('partner+hs6', 'partner+hs8') group by 1, 3, 4, 5
union all
select slice_id, 'partner+hs4', beside_hs, case when hs < ':' collate "C" then left(hs, 4) else hs end, partner, '', '', '', '', '',
  sum(value_cny), sum(value_usd),
  case when count(quantity) = count(*) and count(unit) = count(*) and min(unit) = max(unit) then sum(quantity) end,
  case when count(quantity) = count(*) and count(unit) = count(*) and min(unit) = max(unit) then min(unit) end,
  sum(rows)::bigint
from rollup_line where beside = 'partner+hs2' and dims in ('partner+hs4', 'partner+hs6', 'partner+hs8') group by 1, 3, 4, 5
union all
select slice_id, 'enterprise+hs8', chapter, hs, partner, mode, ownership, transport, district, enterprise,
  value_cny, value_usd, quantity, unit, rows
from rollup_line where beside = 'enterprise' and dims = 'enterprise+hs8'
union all
select slice_id, 'enterprise+partner+hs8', chapter, hs, partner, mode, ownership, transport, district, enterprise,
  value_cny, value_usd, quantity, unit, rows
from rollup_line where beside = 'enterprise+partner' and dims = 'enterprise+partner+hs8';

-- Names of lines are asked by code, whatever the year of the list.
create index hs_line_code on hs_line (code);
