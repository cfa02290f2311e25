-- Codes of a second factor that were tried since an instant, whether right or wrong: six digits are safe only from who may not try many.
alter table account add column code_tries integer not null default 0;
alter table account add column code_tries_since timestamptz;
