-- Early warnings: rules, the state of every series a rule watches, what people were told, and the mail outbox.

create table warning_rule (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  definition jsonb not null,
  evaluated_through text, -- latest period with data when evaluated (YYYY-MM or YYYY-01/02); null: none
  evaluated_definition text, -- SHA-256 of the definition that was evaluated
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Identity is the rule and the labels of the series, never a value. Periods are texts as above, which sort by time.
create table warning (
  id bigint generated always as identity primary key,
  rule_id text not null references warning_rule on delete cascade,
  labels jsonb not null,
  state text not null check (state in ('inactive', 'pending', 'firing', 'resolved', 'no-data')),
  resumes text check (resumes in ('inactive', 'pending', 'firing', 'resolved')), -- the state kept while there are no data
  period text not null, -- data period the state is of
  active_since text,
  fired_period text,
  resolved_period text,
  value numeric, -- amount in the rule's currency; null where the period has no data
  base numeric, -- the amount a year earlier
  change numeric, -- of the rule's first measure, as a fraction cut at six places; null without a base
  measured jsonb not null, -- every measure's exact current and base
  spells jsonb not null, -- the firing spells of the last year, to notice what a revision changes
  acknowledged_at timestamptz,
  acknowledged_by text,
  acknowledged_note text,
  updated_at timestamptz not null,
  unique (rule_id, labels),
  check ((state = 'no-data') = (resumes is not null)),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index warning_state on warning (state);

create table warning_event (
  id bigint generated always as identity primary key,
  warning_id bigint not null references warning on delete cascade,
  reason text not null check (reason in ('new', 'worse', 'revised', 'resolved')),
  cause text not null check (cause in ('data', 'rule')), -- rule: the officer changed it, the data did not
  period text not null,
  value numeric,
  base numeric,
  change numeric,
  created_at timestamptz not null
);
create index warning_event_warning on warning_event (warning_id, id);

-- Who gets digests. A person's own subscription follows the account; others are addresses only.
create table subscription (
  id bigint generated always as identity primary key,
  email text not null check (email = lower(email)),
  account_id bigint unique references account on delete cascade,
  enterprise_id text references enterprise, -- set: only warnings this enterprise is exposed to, and only its own amounts
  language text not null default 'zh' check (language in ('zh', 'en')),
  severities text[] not null default '{critical,warning,info}',
  topics text[] not null default '{}', -- empty: all
  remind_after_days integer not null default 30 check (remind_after_days between 1 and 366),
  active boolean not null default true,
  created_at timestamptz not null
);
create unique index subscription_email on subscription (email) where account_id is null;

-- Outbox: written in the transaction that decides on a mail, sent after it.
create table mail (
  id bigint generated always as identity primary key,
  dedup_key text not null unique,
  subscription_id bigint references subscription on delete set null,
  recipient text not null,
  reason text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  last_error text,
  smtp_response text,
  message_id text not null unique,
  created_at timestamptz not null,
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null))
);
create index mail_queue on mail (next_attempt_at) where state = 'queued';

-- What each subscriber was told last: the sets the next decision compares with.
create table digest (
  id bigint generated always as identity primary key,
  subscription_id bigint not null references subscription on delete cascade,
  mail_id bigint not null references mail,
  reason text not null,
  firing text[] not null,
  resolved text[] not null,
  last_event_id bigint not null,
  created_at timestamptz not null
);
create index digest_subscription on digest (subscription_id, id);
