-- Groups of partners and product complexity, as users load them from published lists.

create table group_list (
  name text primary key check (name ~ '^[A-Z0-9]{2,8}$'),
  origin text not null, -- the file
  sha256 text not null,
  rows bigint not null,
  loaded_at timestamptz not null
);

create table group_list_member (
  name text not null references group_list on delete cascade,
  member text not null check (member ~ '^[A-Z]{2}$'), -- ISO alpha-2
  valid_from date not null,
  valid_to date,
  primary key (name, member, valid_from)
);

-- One set a level of the code. Where it was solved from a country × product table, the products carry what densities need of it.
create table complexity_set (
  digits integer primary key check (digits in (2, 4, 6)),
  hs_edition text not null,
  solved boolean not null,
  origin text not null, -- the file
  sha256 text not null,
  rows bigint not null,
  loaded_at timestamptz not null
);

create table complexity_product (
  digits integer not null references complexity_set on delete cascade,
  code text not null check (code ~ '^[0-9]{2,6}$'),
  pci double precision, -- null for a product nobody has an advantage in
  world_value numeric, -- of all countries of the table
  countries text[], -- with an advantage in it
  primary key (digits, code)
);
