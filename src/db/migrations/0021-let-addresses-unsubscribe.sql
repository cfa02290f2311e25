-- An address without an account ends its mails by a link in each of them, signed with a key that no other database has.
create table signing_key (
  purpose text primary key,
  key bytea not null check (length(key) = 32)
);
-- 244 bits of a cryptographic generator
insert into signing_key values ('unsubscribe', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- When it did; null: never, or an administrator has switched its mails on again since.
alter table subscription add column unsubscribed_at timestamptz;
alter table subscription add check (unsubscribed_at is null or (account_id is null and not active));
