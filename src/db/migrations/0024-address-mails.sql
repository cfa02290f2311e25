-- Whom a mail about a question was written for: the person, and the firm it is about to a person of that firm (none to the bureau). What
-- waits in the outbox is sent only to who still is that, as a digest is only while its subscription is there.
alter table mail add column account_id bigint references account (id);
alter table mail add column enterprise_id text references enterprise (id);
alter table mail add check (subscription_id is null or account_id is null);
alter table mail add check (enterprise_id is null or account_id is not null);
create index on mail (account_id) where account_id is not null;

-- The mails that wait: their key names the entry of the question and the person.
select set_config('tradewind.enterprise', '*', true);
update mail m set account_id = a.id, enterprise_id = case when e.of_bureau then e.enterprise_id end
from account a, question_entry e
where m.state = 'queued' and m.reason = 'question'
  and m.dedup_key = 'question:' || e.id || ':' || a.id;
select set_config('tradewind.enterprise', '', true);
