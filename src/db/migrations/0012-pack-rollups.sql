-- Sums by partner and line are nearly as many as the facts. They are kept as lists beside the sum they are parts of: a
-- row by partner and chapter holds its lines, one by enterprise, or by enterprise and partner, likewise. That takes a sixth
-- of the space and a fifth of the time. Rows of earlier loads stay as they are.
alter table trade_rollup
  add column line_dims text, -- what the lines are sums by (partner+hs8); null: none are kept here
  add column lines text[], -- product codes, in order; the further lists are as long, or null where all in them is null
  add column line_cny numeric[],
  add column line_usd numeric[],
  add column line_quantity numeric[],
  add column line_unit text[], -- null also where `unit` holds for all
  add column line_rows bigint[]; -- null also where each line is one row

-- Lists are read whole: to compress them costs more than it saves.
alter table trade_rollup
  alter lines set storage external,
  alter line_cny set storage external,
  alter line_usd set storage external,
  alter line_quantity set storage external,
  alter line_unit set storage external,
  alter line_rows set storage external,
  set (toast_tuple_target = 8160);

-- In the order in which sums are asked, with the figures beside the keys; and for what a firm asks about itself.
drop index trade_rollup_lookup;
create index trade_rollup_lookup on trade_rollup (slice_id, dims, hs, partner) include (value_cny, value_usd, rows);
create index trade_rollup_enterprise on trade_rollup (enterprise, slice_id, dims) where enterprise <> '';

-- The rows of a slice lie together: ranges of pages tell where, for next to nothing at the time of loading.
drop index trade_flow_slice;
create index trade_flow_slice on trade_flow using brin (slice_id) with (pages_per_range = 32, autosummarize = on);

create view rollup_line with (security_invoker = true) as
select r.slice_id, r.dims as beside, r.line_dims as dims, case when l.hs < ':' collate "C" then left(l.hs, 2) else l.hs end as chapter,
  l.hs, r.partner, r.mode, r.ownership, r.transport, r.district, r.enterprise, l.value_cny, l.value_usd, l.quantity,
  case when l.quantity is not null then coalesce(l.unit, r.unit) end as unit, coalesce(l.rows, 1) as rows,
  r.hs as beside_hs
from trade_rollup r, unnest(r.lines, r.line_cny, r.line_usd, r.line_quantity, r.line_unit, r.line_rows)
  l (hs, value_cny, value_usd, quantity, unit, rows);

-- Every sum, one a row, whichever way it is kept; each part names its dims, so that the planner leaves out the others.
-- `chapter` (the first two digits of the code) narrows what is read.
create view trade_sum with (security_invoker = true) as
select slice_id, dims, case when hs < ':' collate "C" then left(hs, 2) else hs end as chapter, hs, partner, mode, ownership,
  transport, district, enterprise, value_cny, value_usd, quantity, unit, rows
from trade_rollup
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
