-- What an enterprise keeps here: products, bills of materials, suppliers and their proofs of origin.

alter table enterprise
  add column uscc text unique check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  add column registered_at timestamptz; -- null: known from loaded declarations only

create table product (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  code text not null, -- the firm's own
  name text not null,
  hs text not null check (hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'),
  updated_at timestamptz not null,
  unique (enterprise_id, code),
  unique (enterprise_id, id)
);

create table bill_of_materials (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  product_id bigint,
  name text not null,
  document jsonb not null, -- the case as `POST /rcep/origin` takes it
  updated_at timestamptz not null,
  unique (enterprise_id, name),
  -- Both columns: a bill cannot name a product of another firm.
  foreign key (enterprise_id, product_id) references product (enterprise_id, id)
);
create index bill_of_materials_product on bill_of_materials (enterprise_id, product_id);

create table supplier (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  name text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  updated_at timestamptz not null,
  unique (enterprise_id, name),
  unique (enterprise_id, id)
);

create table origin_evidence (
  id bigint generated always as identity primary key,
  enterprise_id text not null references enterprise,
  supplier_id bigint not null,
  hs text not null check (hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'),
  party text not null check (party ~ '^[A-Z]{2}$'), -- where the material originates
  kind text not null check (kind in ('certificate', 'declaration', 'supplier-statement')),
  number text not null,
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  updated_at timestamptz not null,
  unique (enterprise_id, supplier_id, kind, number),
  foreign key (enterprise_id, supplier_id) references supplier (enterprise_id, id) on delete cascade
);

-- A transaction names the firm it works for in `tradewind.enterprise`, or * for an officer; without it there are no rows. Forced, so
-- that a service that has to run as the owner of the tables is held to it too.
do $$
declare
  owned text;
begin
  foreach owned in array array['product', 'bill_of_materials', 'supplier', 'origin_evidence'] loop
    execute format('alter table %I enable row level security', owned);
    execute format('alter table %I force row level security', owned);
    execute format(
      'create policy own_rows on %I using (current_setting(''tradewind.enterprise'', true) in (enterprise_id, ''*''))',
      owned);
  end loop;
end $$;
