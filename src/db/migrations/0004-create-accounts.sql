-- People and programs that may sign in. Secrets are kept as hashes only.

create table account (
  id bigint generated always as identity primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('admin', 'officer', 'enterprise')),
  enterprise_id text references enterprise,
  password_hash text not null,
  created_at timestamptz not null,
  check ((role = 'enterprise') = (enterprise_id is not null))
);

create table session (
  token_hash text primary key,
  account_id bigint not null references account on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table api_token (
  id bigint generated always as identity primary key,
  name text not null,
  token_hash text not null unique,
  role text not null check (role in ('admin', 'officer', 'enterprise')),
  enterprise_id text references enterprise,
  created_at timestamptz not null,
  revoked_at timestamptz,
  check ((role = 'enterprise') = (enterprise_id is not null))
);
