-- The address at which a person's calendar program reads the dates without signing in: one a person, its token stored as a hash.
create table calendar_feed (
  account_id bigint primary key references account on delete cascade,
  token_hash text not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz
);
