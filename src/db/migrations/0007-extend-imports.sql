-- Imports that were taken back, layouts that people described, and what declarations say beyond the statistics.

alter table source_file drop constraint source_file_state_check;
alter table source_file add constraint source_file_state_check check
  (state in ('loading', 'loaded', 'partial', 'previewed', 'refused', 'dropped', 'failed', 'undone'));
alter table source_file add column undone_by text;
alter table source_file add column undone_at timestamptz;

alter table source_file add column error text; -- why reading it failed

create index slice_source_file on slice (source_file_id);

-- A layout for files of others: which column means what, and what holds for every row.
create table column_mapping (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  mapping jsonb not null,
  created_by text not null,
  updated_at timestamptz not null
);

-- The value in the currency it was declared in; value_cny and value_usd only where the file or a stated rate gives them.
alter table trade_flow add column value_declared numeric;
alter table trade_flow add column currency text;
-- A declaration and its item: the later statement about an item replaces the earlier one.
alter table trade_flow add column declaration text;
alter table trade_flow add column item text;
