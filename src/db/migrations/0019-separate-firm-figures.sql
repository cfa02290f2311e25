-- What a transaction in a firm's scope reads under the names of shared tables: the firm's own rows. The tables themselves are out of
-- its reach (see src/db/app-role.ts); facts are loaded by COPY, which a policy on their table would forbid.

create schema firm;

-- Read by their owner's right, so that who reads them through a view of a firm needs none on the table beneath.
alter view public.rollup_line set (security_invoker = false);
alter view public.trade_sum set (security_invoker = false);

do $$
declare
  named text[];
begin
  foreach named slice 1 in array array[
    ['trade_flow', 'enterprise'], ['trade_rollup', 'enterprise'], ['trade_sum', 'enterprise'], ['enterprise', 'id']] loop
    execute format(
      'create view firm.%1$I with (security_barrier) as select * from public.%1$I
         where %2$I = (select current_setting(''tradewind.enterprise'', true))',
      named[1], named[2]);
  end loop;
end $$;
