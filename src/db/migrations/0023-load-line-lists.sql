-- National lists of eight-digit codes, by year, as users load them: codes of files are looked up in that of their year.
-- And whose an upload is: names of people may be the same.

alter table source_file add column sent_by bigint; -- account, never given to another; null: the command line or a token

create table line_list (
  year integer primary key check (year between 1992 and 2100),
  origin text not null, -- the file
  sha256 text not null,
  rows bigint not null,
  loaded_at timestamptz not null
);

create table line_list_code (
  year integer not null references line_list on delete cascade,
  code text not null check (code ~ '^[0-9]{8}$'),
  primary key (year, code)
);
