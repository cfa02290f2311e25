-- Trade-remedy cases of importing members, from the WTO's I-TIP or a list of the bureau's own.
create table remedy_case (
  id bigint generated always as identity primary key,
  source text not null, -- what a later file of the same source replaces
  reference text not null, -- the member's or the source's own number of the case
  kind text not null check (kind in ('anti-dumping', 'countervailing', 'safeguard', 'other')),
  imposing text not null, -- partner code of the member that investigates or imposes
  affected text not null, -- partner code of the exporter it is against
  product text not null,
  initiated_on date,
  in_force_on date,
  sunset_on date, -- when it ends unless reviewed; stated by the source, or five years after entry into force
  sunset_stated boolean not null default true, -- false: reckoned
  withdrawn_on date,
  hs6 text[] not null, -- subheadings as the source wrote them, cut to six digits; headings stay four
  hs_edition text, -- null: not stated by the source
  unique (source, reference, affected)
);
create index remedy_case_hs on remedy_case using gin (hs6);
