-- What the bureau does for enterprises here: answers their questions, tells them, trains them.

create table question (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  topic text not null check (topic in ('tariff', 'origin', 'certificate', 'warning', 'data', 'training', 'other')),
  title text not null,
  hs text check (hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'),
  product_id bigint,
  state text not null default 'open' check (state in ('open', 'answered', 'closed', 'reopened')),
  asked_by text not null,
  asked_at timestamptz not null,
  updated_at timestamptz not null,
  unique (enterprise_id, id),
  foreign key (enterprise_id, product_id) references product (enterprise_id, id) on delete set null (product_id)
);
create index question_inbox on question (state, updated_at);

-- Its history: what was written and what became of it, never changed afterwards.
create table question_entry (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  question_id bigint not null,
  kind text not null check (kind in ('asked', 'added', 'answered', 'closed', 'reopened')),
  body text not null default '',
  author text not null,
  of_bureau boolean not null,
  at timestamptz not null,
  unique (enterprise_id, id),
  foreign key (enterprise_id, question_id) references question (enterprise_id, id) on delete cascade
);
create index question_entry_question on question_entry (enterprise_id, question_id);

create table question_attachment (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  question_id bigint not null,
  name text not null,
  type text not null,
  bytes integer not null check (bytes between 1 and 5242880),
  content bytea, -- null: taken away when its time was over
  added_by text not null,
  added_at timestamptz not null,
  foreign key (enterprise_id, question_id) references question (enterprise_id, id) on delete cascade
);
create index question_attachment_question on question_attachment (enterprise_id, question_id);

-- Empty districts and chapters: for every firm. Otherwise for firms of one of the districts (the first five digits of their code)
-- that have a product in one of the chapters.
create table notice (
  id bigint generated always as identity primary key,
  title text not null,
  body text not null,
  districts text[] not null default '{}',
  chapters text[] not null default '{}',
  published_at timestamptz not null,
  ends_on date, -- last day on which firms see it
  author text not null
);
create index notice_published on notice (published_at);

create table training_event (
  id bigint generated always as identity primary key,
  title text not null,
  body text not null,
  place text not null,
  districts text[] not null default '{}',
  chapters text[] not null default '{}',
  starts_at timestamptz not null,
  deadline timestamptz not null check (deadline <= starts_at), -- of signing up
  capacity integer not null check (capacity between 1 and 100000),
  taken integer not null default 0, -- places; kept here so that a firm need not see who took them
  cancelled_at timestamptz,
  published_at timestamptz not null,
  author text not null,
  constraint training_event_places check (taken between 0 and capacity)
);
create index training_event_start on training_event (starts_at);

create table event_sign_up (
  event_id bigint not null references training_event on delete cascade,
  enterprise_id text not null references enterprise,
  people integer not null check (people between 1 and 20),
  contact text not null,
  phone text not null,
  signed_up_at timestamptz not null,
  primary key (event_id, enterprise_id)
);
create index event_sign_up_enterprise on event_sign_up (enterprise_id);

do $$
declare
  owned text;
begin
  foreach owned in array array['question', 'question_entry', 'question_attachment', 'event_sign_up'] loop
    execute format('alter table %I enable row level security', owned);
    execute format('alter table %I force row level security', owned);
    execute format(
      'create policy own_rows on %I using (current_setting(''tradewind.enterprise'', true) in (enterprise_id, ''*''))',
      owned);
  end loop;
end $$;

-- Sign-ins under way at an identity provider: what the answer must fit, kept until it comes.
create table oidc_attempt (
  state_hash text primary key,
  nonce text not null,
  code_verifier text not null,
  next text not null,
  expires_at timestamptz not null
);
