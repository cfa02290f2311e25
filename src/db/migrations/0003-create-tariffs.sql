-- Rates of duty by national tariff line; a pack is what one published schedule says for one importer and group of exporters.

create table tariff_pack (
  id text primary key,
  regime text not null check (regime in ('RCEP', 'MFN')),
  importer text not null,
  party_group text, -- exporters it serves; null for rates open to every origin
  hs_edition text not null check (hs_edition in ('2012', '2017', '2022')),
  valid_from date not null,
  valid_to date, -- null while its last rates go on
  source text not null,
  origin text not null,
  published date,
  sha256 text not null, -- of the published file
  content_sha256 text not null, -- of what was loaded, so that loading the same again does nothing
  rows bigint not null,
  shipped boolean not null, -- came with the release; an imported pack of the same id is never overwritten by it
  loaded_at timestamptz not null
);

create index on tariff_pack (importer, regime);

create table tariff_rate (
  pack_id text not null references tariff_pack on delete cascade,
  line text not null,
  base boolean not null, -- the rate the cuts start from, of 1 January 2014
  valid_from date not null,
  valid_to date,
  rate text not null, -- as published
  primary key (pack_id, line, valid_from)
);

create index on tariff_rate (pack_id, left(line, 6));
