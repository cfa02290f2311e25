-- An import that is taken back stays readable for the time in which it was current: its slices end when it is undone,
-- and each older one holds again from then on. The time between, when another was current, is its gap.
create table slice_gap (
  slice_id bigint not null references slice on delete cascade,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  source_file_id bigint not null references source_file, -- the load whose undoing ended the gap
  primary key (slice_id, from_at)
);
create index slice_gap_file on slice_gap (source_file_id);

create or replace function slices_as_of(at timestamptz) returns setof slice language sql stable as $$
  with visible as (
    select * from slice s
    where loaded_at <= at and (superseded_at is null or superseded_at > at)
      and not exists (select from slice_gap g where g.slice_id = s.id and g.from_at <= at and g.until_at > at)
  )
  select v.* from visible v
  where v.scope <> 'W00' or not exists (
    select from visible p
    where p.scope not in ('', 'W00')
      and (p.dataset, p.flow, p.period, p.months) = (v.dataset, v.flow, v.period, v.months)
  )
$$;

alter table source_file add column problem jsonb; -- what was missing or wrong to read the file: field, value, allowed
