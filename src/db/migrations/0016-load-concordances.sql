-- A user's correlation table of two HS editions; it stands in place of the shipped one of the same editions.

create table concordance_set (
  from_edition text not null check (from_edition in ('2012', '2017', '2022')),
  to_edition text not null check (to_edition in ('2012', '2017', '2022')),
  origin text not null, -- the file
  sha256 text not null,
  rows bigint not null,
  loaded_at timestamptz not null,
  primary key (from_edition, to_edition),
  check (from_edition > to_edition)
);

create table concordance_pair (
  from_edition text not null,
  to_edition text not null,
  from_code text not null check (from_code ~ '^[0-9]{6}$'),
  to_code text not null check (to_code ~ '^[0-9]{6}$'),
  primary key (from_edition, to_edition, from_code, to_code),
  foreign key (from_edition, to_edition) references concordance_set on delete cascade
);
