-- Facts shipped in data/reference; loaded whole, never edited in place.

create table reference_file (
  name text primary key,
  sha256 text not null,
  rows bigint not null
);

create table country (
  partner text primary key, -- as facts carry it: ISO alpha-2, or the customs code where there is none
  code text not null unique, -- customs code
  iso2 text unique,
  iso3 text unique,
  m49 text,
  comtrade text, -- number in international trade data where it is not the M49 one
  name_zh text not null,
  name_en text not null,
  kind text not null check (kind in ('country', 'rest', 'unknown', 'organisation', 'rate-group', 'neutral')),
  region text not null check (region in ('asia', 'africa', 'europe', 'latin-america', 'north-america', 'oceania', 'other')),
  aliases text[] not null
);

create table country_group (
  name text not null,
  member text not null references country (iso2),
  valid_from date not null,
  valid_to date,
  primary key (name, member, valid_from)
);

create table hs_section (
  code text primary key,
  first_chapter text not null,
  last_chapter text not null,
  name_zh text not null,
  name_en text not null
);

create table hs_chapter (
  code text primary key,
  section text not null references hs_section,
  name_zh text not null,
  name_en text not null
);

-- Six-digit codes of each edition; names are not shipped.
create table hs_subheading (
  edition text not null,
  code text not null check (code ~ '^[0-9]{6}$'),
  primary key (edition, code)
);

-- Eight-digit lines of the yearly list of the customs statistics.
create table hs_line (
  year smallint not null,
  code text not null check (code ~ '^[0-9]{8}$'),
  name_zh text not null,
  unit1 text not null,
  unit2 text,
  primary key (year, code)
);

-- Pairs that are not simply the same code in both editions; what is not here maps to itself.
create table hs_concordance (
  from_edition text not null,
  to_edition text not null,
  from_code text not null,
  to_code text not null,
  quality text not null check (quality in ('1:1', 'n:1', '1:n', 'n:n')),
  primary key (from_edition, to_edition, from_code, to_code)
);
create index hs_concordance_back on hs_concordance (to_edition, from_edition, to_code);

create table trade_mode (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  checked boolean not null -- false: commonly known, not read in an official table
);

create table supervision_mode (
  code text primary key,
  name_zh text not null,
  trade_mode text references trade_mode,
  basis text check (basis in ('name', 'recalled')),
  check ((trade_mode is null) = (basis is null))
);

create table transport_mode (
  code text primary key,
  name_zh text not null
);

create table ownership (
  code text primary key,
  name_zh text not null,
  name_en text not null
);

create table unit (
  code text primary key,
  name_zh text not null unique,
  base text not null,
  factor numeric not null check (factor > 0)
);

create table province (
  code text primary key,
  name_zh text not null,
  name_en text not null
);

create table district (
  code text primary key,
  name_zh text not null,
  kind text
);
