-- Recipients by district and role, what is done about a warning kept for good, addresses that bounced, the schedule's last run.

alter table subscription
  add column name text, -- whose address it is where there is no account
  add column districts text[] not null default '{}', -- beginnings of district codes; empty: all, otherwise only what has trade there
  add column names_enterprises boolean not null default true; -- false: no enterprise's name or amount

-- What people of a role get unless they, or an administrator for them, say otherwise; without a row what the service ships.
create table subscription_default (
  role text primary key check (role in ('admin', 'officer', 'enterprise')),
  severities text[] not null default '{critical,warning,info}',
  topics text[] not null default '{}',
  remind_after_days integer not null default 30 check (remind_after_days between 1 and 366),
  escalations boolean not null default false,
  active boolean not null -- false: nobody is subscribed by the role alone
);

-- The warning itself keeps the last one only, of its present spell.
create table warning_follow_up (
  id bigint generated always as identity primary key,
  warning_id bigint not null references warning on delete cascade,
  kind text not null check (kind in ('acknowledged', 'escalated')),
  by_name text, -- null: the service itself
  owner text,
  note text not null default '',
  created_at timestamptz not null
);
create index warning_follow_up_warning on warning_follow_up (warning_id, id);
insert into warning_follow_up (warning_id, kind, by_name, owner, note, created_at)
select id, 'acknowledged', acknowledged_by, owner, coalesce(acknowledged_note, ''), acknowledged_at
from warning where acknowledged_at is not null
union all select id, 'escalated', null, null, '', escalated_at from warning where escalated_at is not null;

-- Addresses no mail goes to until someone takes the mark away.
create table bounced_address (
  address text primary key check (address = lower(address)),
  status text not null, -- RFC 3463, or the reply code where the server gave no more
  diagnostic text not null,
  source text not null check (source in ('reply', 'report')), -- refused on the wire, or reported later (RFC 3464)
  mail_id bigint references mail on delete set null,
  bounced_at timestamptz not null
);
alter table mail
  add column bounced_at timestamptz, -- taken by a server and returned later
  add column bounce_status text,
  add column bounce_diagnostic text,
  add check ((bounced_at is null) = (bounce_status is null)),
  add check (bounced_at is null or state = 'sent');

create table schedule_run (
  name text primary key,
  ran_at timestamptz not null
);
