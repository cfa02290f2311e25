-- Invitations, resets, second factors, the scope of tokens, and who saw or changed what.

alter table account
  alter column password_hash drop not null, -- null: invited, no password set yet
  add column totp_secret text, -- base32; null: no second factor
  add column totp_last_step bigint, -- a code works once
  add column disabled_at timestamptz;

alter table session add column id bigint generated always as identity unique;

alter table api_token
  add column scope text not null default 'write' check (scope in ('read', 'write')),
  add column expires_at timestamptz;

-- One-time links to set a password; the token is in the mail only.
create table account_link (
  token_hash text primary key,
  account_id bigint not null references account on delete cascade,
  purpose text not null check (purpose in ('invitation', 'reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index account_link_account on account_link (account_id);

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  role text not null,
  enterprise_id text, -- of the actor
  action text not null, -- method and route
  subject text not null, -- the address asked
  status integer not null,
  request_id text not null
);
create index audit_entry_at on audit_entry (at);
