-- Rules of origin, names of codes and rates under further agreements, as users load them from official files.

-- Besides RCEP and MFN a pack may hold rates under any agreement.
alter table tariff_pack drop constraint tariff_pack_regime_check;
alter table tariff_pack add constraint tariff_pack_regime_check check (regime ~ '^[A-Z][A-Z0-9-]{1,19}$');

-- A set stands in place of the shipped one of the same agreement.
create table origin_rule_set (
  agreement text primary key check (agreement ~ '^[A-Z][A-Z0-9-]{1,19}$'),
  hs_edition text not null check (hs_edition in ('2012', '2017', '2022')),
  parties text[] not null,
  valid_from date not null,
  complete boolean not null, -- false: without the agreement's product list, so no product's rule is certain
  origin text not null, -- the file
  sha256 text not null,
  rows bigint not null,
  manual bigint not null, -- rules that a person must read
  loaded_at timestamptz not null
);

create table origin_rule (
  agreement text not null references origin_rule_set on delete cascade,
  code text not null check (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6})$'),
  rule text not null,
  primary key (agreement, code)
);

-- Names of chapters, headings and subheadings from a user's file.
create table hs_name_set (
  hs_edition text primary key,
  origin text not null,
  sha256 text not null,
  rows bigint not null,
  loaded_at timestamptz not null
);

create table hs_name (
  hs_edition text not null references hs_name_set on delete cascade,
  code text not null check (code ~ '^[0-9]{2,10}$'),
  name_en text,
  name_zh text,
  primary key (hs_edition, code)
);
