-- Trade statistics: what was loaded, from which file, in which vintage.

create table enterprise (
  id text primary key, -- ten-character customs registration code
  name text not null
);

create table source_file (
  id bigint generated always as identity primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  bytes bigint not null,
  state text not null check (state in ('loading', 'loaded', 'partial', 'previewed', 'refused', 'dropped', 'failed')),
  options jsonb not null default '{}', -- what the user set: format, flow, period, currency, part
  report jsonb, -- the import report as answered: sniffed layout, totals, slices, first rejects
  imported_by text not null,
  received_at timestamptz not null,
  finished_at timestamptz
);
-- The same bytes are stored once; a refused or dropped file may be tried again.
create unique index source_file_stored on source_file (sha256) where state in ('loaded', 'partial');

create table reject (
  source_file_id bigint not null references source_file on delete cascade,
  line bigint not null,
  field text not null,
  value text not null,
  reason text not null,
  hint text not null
);
create index reject_file on reject (source_file_id, line);

-- A slice is the unit of replacement: one dataset, flow, period (and partner where a source is delivered by
-- partner). A later file supersedes it; the older one stays readable, so every figure can be asked as of a date.
create table slice (
  id bigint generated always as identity primary key,
  dataset text not null, -- customs-cn, comtrade/CHN/H6, ...
  flow text not null check (flow in ('export', 'import', 're-export', 're-import')),
  period date not null, -- first day
  months smallint not null check (months in (1, 2, 12)),
  -- Partner of a source delivered by partner (W00: its own total over partners), the part a user named when a
  -- download had to be split, otherwise empty.
  scope text not null default '',
  hs_edition text not null, -- 2012, 2017, 2022 or the source's own classification
  source_file_id bigint not null references source_file,
  rows bigint not null,
  loaded_at timestamptz not null,
  superseded_at timestamptz
);
create unique index slice_current on slice (dataset, flow, period, months, scope) where superseded_at is null;
create index slice_lookup on slice (dataset, flow, period, loaded_at);

-- The slices a question asked as of an instant may add up: the newest vintage loaded by then. A source's own total
-- over partners (scope W00) is left out where any partner of the same dataset, flow and period is there: adding both
-- would count every flow twice. Whoever wants that total reads `slice` with scope = 'W00' and nothing else.
create function slices_as_of(at timestamptz) returns setof slice language sql stable as $$
  with visible as (
    select * from slice where loaded_at <= at and (superseded_at is null or superseded_at > at)
  )
  select v.* from visible v
  where v.scope <> 'W00' or not exists (
    select from visible p
    where p.scope not in ('', 'W00')
      and (p.dataset, p.flow, p.period, p.months) = (v.dataset, v.flow, v.period, v.months)
  )
$$;

-- Facts. No serial key and no foreign key into it: the natural key contains the HS code, so the table stays
-- distributable by it. Codes are text; values are in the currencies of the source and never converted.
create table trade_flow (
  slice_id bigint not null,
  period date not null,
  hs text not null, -- TOTAL where the source does not split by product
  partner text not null, -- ISO alpha-2; the source's own code for residual and special partners; '' where not split
  trade_mode text, -- two-digit code of the statistics
  supervision_mode text, -- four-digit code of declarations
  ownership text,
  transport text,
  district text,
  enterprise text,
  quantity1 numeric,
  unit1 text,
  quantity2 numeric,
  unit2 text,
  value_cny numeric,
  value_usd numeric,
  breakdown text, -- international files: customs procedure:mode of supply:transport:second partner; null is their total
  counted boolean not null default true, -- false: a total of other rows of its slice, kept as a control figure
  line bigint not null
) partition by range (period);

do $$
begin
  for year in 1988..2040 loop
    execute format(
      'create table trade_flow_y%s partition of trade_flow for values from (%L) to (%L)',
      year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
  end loop;
end $$;
create table trade_flow_other partition of trade_flow default;
create index trade_flow_slice on trade_flow (slice_id);

-- Sums of the counted facts of a slice over the dimensions that `dims` names; the others are ''. A level of the code
-- (hs4) keeps rows whose code is shorter, or no number, under that code: the parts of every dims sum to its total.
create table trade_rollup (
  slice_id bigint not null, -- no reference: checking a million rows doubles the time of a load
  dims text not null,
  hs text not null default '',
  partner text not null default '',
  mode text not null default '', -- supervision mode where the source has one, otherwise trade mode
  ownership text not null default '',
  transport text not null default '',
  district text not null default '',
  enterprise text not null default '',
  value_cny numeric,
  value_usd numeric,
  quantity numeric, -- first quantity, where every row has one and in one unit
  unit text,
  rows bigint not null
);
create index trade_rollup_lookup on trade_rollup (slice_id, dims); -- in the order rows come in: half the cost of the other
