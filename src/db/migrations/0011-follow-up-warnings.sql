-- Silences: warnings that all matchers fit are left out of mails until the end; they stay on the list.
create table silence (
  id bigint generated always as identity primary key,
  matchers jsonb not null check (jsonb_typeof(matchers) = 'object' and matchers <> '{}'), -- rule, topic, severity or a label: its value
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  check (ends_at > starts_at)
);
create index silence_end on silence (ends_at);

alter table warning add column owner text; -- who looks after it, when acknowledged
alter table warning add column opened_at timestamptz; -- when this spell was first told of, for escalation
alter table warning add column escalated_at timestamptz;
alter table subscription add column escalations boolean not null default false; -- also hears what nobody took on in time
alter table mail add column attachment text; -- the digest's full list as CSV
