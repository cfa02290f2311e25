table account
  id bigint not null identity
  email text not null
  name text not null
  role text not null
  enterprise_id text
  password_hash text
  created_at timestamp with time zone not null
  totp_secret text
  totp_last_step bigint
  disabled_at timestamp with time zone
  code_tries integer not null default 0
  code_tries_since timestamp with time zone
  constraint account_check CHECK (((role = 'enterprise'::text) = (enterprise_id IS NOT NULL)))
  constraint account_email_check CHECK ((email = lower(email)))
  constraint account_email_key UNIQUE (email)
  constraint account_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint account_pkey PRIMARY KEY (id)
  constraint account_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'officer'::text, 'enterprise'::text])))

table account_link
  token_hash text not null
  account_id bigint not null
  purpose text not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  constraint account_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
  constraint account_link_pkey PRIMARY KEY (token_hash)
  constraint account_link_purpose_check CHECK ((purpose = ANY (ARRAY['invitation'::text, 'reset'::text])))
  CREATE INDEX account_link_account ON public.account_link USING btree (account_id)

table api_token
  id bigint not null identity
  name text not null
  token_hash text not null
  role text not null
  enterprise_id text
  created_at timestamp with time zone not null
  revoked_at timestamp with time zone
  scope text not null default 'write'::text
  expires_at timestamp with time zone
  constraint api_token_check CHECK (((role = 'enterprise'::text) = (enterprise_id IS NOT NULL)))
  constraint api_token_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint api_token_pkey PRIMARY KEY (id)
  constraint api_token_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'officer'::text, 'enterprise'::text])))
  constraint api_token_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text])))
  constraint api_token_token_hash_key UNIQUE (token_hash)

table audit_entry
  id bigint not null identity
  at timestamp with time zone not null
  actor text not null
  role text not null
  enterprise_id text
  action text not null
  subject text not null
  status integer not null
  request_id text not null
  constraint audit_entry_pkey PRIMARY KEY (id)
  CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at)

table bill_of_materials
  id bigint not null identity
  enterprise_id text not null
  product_id bigint
  name text not null
  document jsonb not null
  updated_at timestamp with time zone not null
  constraint bill_of_materials_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint bill_of_materials_enterprise_id_name_key UNIQUE (enterprise_id, name)
  constraint bill_of_materials_enterprise_id_product_id_fkey FOREIGN KEY (enterprise_id, product_id) REFERENCES product(enterprise_id, id)
  constraint bill_of_materials_pkey PRIMARY KEY (id)
  CREATE INDEX bill_of_materials_product ON public.bill_of_materials USING btree (enterprise_id, product_id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table bounced_address
  address text not null
  status text not null
  diagnostic text not null
  source text not null
  mail_id bigint
  bounced_at timestamp with time zone not null
  constraint bounced_address_address_check CHECK ((address = lower(address)))
  constraint bounced_address_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mail(id) ON DELETE SET NULL
  constraint bounced_address_pkey PRIMARY KEY (address)
  constraint bounced_address_source_check CHECK ((source = ANY (ARRAY['reply'::text, 'report'::text])))

table calendar_feed
  account_id bigint not null
  token_hash text not null
  created_at timestamp with time zone not null
  last_used_at timestamp with time zone
  constraint calendar_feed_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
  constraint calendar_feed_pkey PRIMARY KEY (account_id)
  constraint calendar_feed_token_hash_key UNIQUE (token_hash)

table column_mapping
  name text not null
  mapping jsonb not null
  created_by text not null
  updated_at timestamp with time zone not null
  constraint column_mapping_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9-]{1,39}$'::text))
  constraint column_mapping_pkey PRIMARY KEY (name)

table complexity_product
  digits integer not null
  code text not null
  pci double precision
  world_value numeric
  countries text[]
  constraint complexity_product_code_check CHECK ((code ~ '^[0-9]{2,6}$'::text))
  constraint complexity_product_digits_fkey FOREIGN KEY (digits) REFERENCES complexity_set(digits) ON DELETE CASCADE
  constraint complexity_product_pkey PRIMARY KEY (digits, code)

table complexity_set
  digits integer not null
  hs_edition text not null
  solved boolean not null
  origin text not null
  sha256 text not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  constraint complexity_set_digits_check CHECK ((digits = ANY (ARRAY[2, 4, 6])))
  constraint complexity_set_pkey PRIMARY KEY (digits)

table concordance_pair
  from_edition text not null
  to_edition text not null
  from_code text not null
  to_code text not null
  constraint concordance_pair_from_code_check CHECK ((from_code ~ '^[0-9]{6}$'::text))
  constraint concordance_pair_from_edition_to_edition_fkey FOREIGN KEY (from_edition, to_edition) REFERENCES concordance_set(from_edition, to_edition) ON DELETE CASCADE
  constraint concordance_pair_pkey PRIMARY KEY (from_edition, to_edition, from_code, to_code)
  constraint concordance_pair_to_code_check CHECK ((to_code ~ '^[0-9]{6}$'::text))

table concordance_set
  from_edition text not null
  to_edition text not null
  origin text not null
  sha256 text not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  constraint concordance_set_check CHECK ((from_edition > to_edition))
  constraint concordance_set_from_edition_check CHECK ((from_edition = ANY (ARRAY['2012'::text, '2017'::text, '2022'::text])))
  constraint concordance_set_pkey PRIMARY KEY (from_edition, to_edition)
  constraint concordance_set_to_edition_check CHECK ((to_edition = ANY (ARRAY['2012'::text, '2017'::text, '2022'::text])))

table country
  partner text not null
  code text not null
  iso2 text
  iso3 text
  m49 text
  comtrade text
  name_zh text not null
  name_en text not null
  kind text not null
  region text not null
  aliases text[] not null
  constraint country_code_key UNIQUE (code)
  constraint country_iso2_key UNIQUE (iso2)
  constraint country_iso3_key UNIQUE (iso3)
  constraint country_kind_check CHECK ((kind = ANY (ARRAY['country'::text, 'rest'::text, 'unknown'::text, 'organisation'::text, 'rate-group'::text, 'neutral'::text])))
  constraint country_pkey PRIMARY KEY (partner)
  constraint country_region_check CHECK ((region = ANY (ARRAY['asia'::text, 'africa'::text, 'europe'::text, 'latin-america'::text, 'north-america'::text, 'oceania'::text, 'other'::text])))

table country_group
  name text not null
  member text not null
  valid_from date not null
  valid_to date
  constraint country_group_member_fkey FOREIGN KEY (member) REFERENCES country(iso2)
  constraint country_group_pkey PRIMARY KEY (name, member, valid_from)

table digest
  id bigint not null identity
  subscription_id bigint not null
  mail_id bigint not null
  reason text not null
  firing text[] not null
  resolved text[] not null
  last_event_id bigint not null
  created_at timestamp with time zone not null
  constraint digest_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mail(id)
  constraint digest_pkey PRIMARY KEY (id)
  constraint digest_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON DELETE CASCADE
  CREATE INDEX digest_subscription ON public.digest USING btree (subscription_id, id)

table district
  code text not null
  name_zh text not null
  kind text
  constraint district_pkey PRIMARY KEY (code)

table enterprise
  id text not null
  name text not null
  uscc text
  registered_at timestamp with time zone
  constraint enterprise_pkey PRIMARY KEY (id)
  constraint enterprise_uscc_check CHECK ((uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text))
  constraint enterprise_uscc_key UNIQUE (uscc)

table event_sign_up
  event_id bigint not null
  enterprise_id text not null
  people integer not null
  contact text not null
  phone text not null
  signed_up_at timestamp with time zone not null
  constraint event_sign_up_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint event_sign_up_event_id_fkey FOREIGN KEY (event_id) REFERENCES training_event(id) ON DELETE CASCADE
  constraint event_sign_up_people_check CHECK (((people >= 1) AND (people <= 20)))
  constraint event_sign_up_pkey PRIMARY KEY (event_id, enterprise_id)
  CREATE INDEX event_sign_up_enterprise ON public.event_sign_up USING btree (enterprise_id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table group_list
  name text not null
  origin text not null
  sha256 text not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  constraint group_list_name_check CHECK ((name ~ '^[A-Z0-9]{2,8}$'::text))
  constraint group_list_pkey PRIMARY KEY (name)

table group_list_member
  name text not null
  member text not null
  valid_from date not null
  valid_to date
  constraint group_list_member_member_check CHECK ((member ~ '^[A-Z]{2}$'::text))
  constraint group_list_member_name_fkey FOREIGN KEY (name) REFERENCES group_list(name) ON DELETE CASCADE
  constraint group_list_member_pkey PRIMARY KEY (name, member, valid_from)

table hs_chapter
  code text not null
  section text not null
  name_zh text not null
  name_en text not null
  constraint hs_chapter_pkey PRIMARY KEY (code)
  constraint hs_chapter_section_fkey FOREIGN KEY (section) REFERENCES hs_section(code)

table hs_concordance
  from_edition text not null
  to_edition text not null
  from_code text not null
  to_code text not null
  quality text not null
  constraint hs_concordance_pkey PRIMARY KEY (from_edition, to_edition, from_code, to_code)
  constraint hs_concordance_quality_check CHECK ((quality = ANY (ARRAY['1:1'::text, 'n:1'::text, '1:n'::text, 'n:n'::text])))
  CREATE INDEX hs_concordance_back ON public.hs_concordance USING btree (to_edition, from_edition, to_code)

table hs_line
  year smallint not null
  code text not null
  name_zh text not null
  unit1 text not null
  unit2 text
  constraint hs_line_code_check CHECK ((code ~ '^[0-9]{8}$'::text))
  constraint hs_line_pkey PRIMARY KEY (year, code)
  CREATE INDEX hs_line_code ON public.hs_line USING btree (code)

table hs_name
  hs_edition text not null
  code text not null
  name_en text
  name_zh text
  constraint hs_name_code_check CHECK ((code ~ '^[0-9]{2,10}$'::text))
  constraint hs_name_hs_edition_fkey FOREIGN KEY (hs_edition) REFERENCES hs_name_set(hs_edition) ON DELETE CASCADE
  constraint hs_name_pkey PRIMARY KEY (hs_edition, code)

table hs_name_set
  hs_edition text not null
  origin text not null
  sha256 text not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  constraint hs_name_set_pkey PRIMARY KEY (hs_edition)

table hs_section
  code text not null
  first_chapter text not null
  last_chapter text not null
  name_zh text not null
  name_en text not null
  constraint hs_section_pkey PRIMARY KEY (code)

table hs_subheading
  edition text not null
  code text not null
  constraint hs_subheading_code_check CHECK ((code ~ '^[0-9]{6}$'::text))
  constraint hs_subheading_pkey PRIMARY KEY (edition, code)

table job_run
  id bigint not null identity
  job text not null
  started_at timestamp with time zone not null
  ended_at timestamp with time zone not null
  outcome text not null
  detail text
  constraint job_run_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'idle'::text, 'failed'::text])))
  constraint job_run_pkey PRIMARY KEY (id)
  CREATE INDEX job_run_job_id_idx ON public.job_run USING btree (job, id)

table line_list
  year integer not null
  origin text not null
  sha256 text not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  constraint line_list_pkey PRIMARY KEY (year)
  constraint line_list_year_check CHECK (((year >= 1992) AND (year <= 2100)))

table line_list_code
  year integer not null
  code text not null
  constraint line_list_code_code_check CHECK ((code ~ '^[0-9]{8}$'::text))
  constraint line_list_code_pkey PRIMARY KEY (year, code)
  constraint line_list_code_year_fkey FOREIGN KEY (year) REFERENCES line_list(year) ON DELETE CASCADE

table mail
  id bigint not null identity
  dedup_key text not null
  subscription_id bigint
  recipient text not null
  reason text not null
  subject text not null
  body_text text not null
  body_html text not null
  state text not null default 'queued'::text
  attempts integer not null default 0
  next_attempt_at timestamp with time zone not null
  last_error text
  smtp_response text
  message_id text not null
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  attachment text
  bounced_at timestamp with time zone
  bounce_status text
  bounce_diagnostic text
  account_id bigint
  enterprise_id text
  constraint mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint mail_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL)))
  constraint mail_check1 CHECK (((bounced_at IS NULL) = (bounce_status IS NULL)))
  constraint mail_check2 CHECK (((bounced_at IS NULL) OR (state = 'sent'::text)))
  constraint mail_check3 CHECK (((subscription_id IS NULL) OR (account_id IS NULL)))
  constraint mail_check4 CHECK (((enterprise_id IS NULL) OR (account_id IS NOT NULL)))
  constraint mail_dedup_key_key UNIQUE (dedup_key)
  constraint mail_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint mail_message_id_key UNIQUE (message_id)
  constraint mail_pkey PRIMARY KEY (id)
  constraint mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
  constraint mail_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON DELETE SET NULL
  CREATE INDEX mail_account_id_idx ON public.mail USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX mail_queue ON public.mail USING btree (next_attempt_at) WHERE (state = 'queued'::text)

table migration
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (name)

table notice
  id bigint not null identity
  title text not null
  body text not null
  districts text[] not null default '{}'::text[]
  chapters text[] not null default '{}'::text[]
  published_at timestamp with time zone not null
  ends_on date
  author text not null
  constraint notice_pkey PRIMARY KEY (id)
  CREATE INDEX notice_published ON public.notice USING btree (published_at)

table oidc_attempt
  state_hash text not null
  nonce text not null
  code_verifier text not null
  next text not null
  expires_at timestamp with time zone not null
  constraint oidc_attempt_pkey PRIMARY KEY (state_hash)

table origin_evidence
  id bigint not null identity
  enterprise_id text not null
  supplier_id bigint not null
  hs text not null
  party text not null
  kind text not null
  number text not null
  valid_from date not null
  valid_to date not null
  updated_at timestamp with time zone not null
  constraint origin_evidence_check CHECK ((valid_to >= valid_from))
  constraint origin_evidence_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint origin_evidence_enterprise_id_supplier_id_fkey FOREIGN KEY (enterprise_id, supplier_id) REFERENCES supplier(enterprise_id, id) ON DELETE CASCADE
  constraint origin_evidence_enterprise_id_supplier_id_kind_number_key UNIQUE (enterprise_id, supplier_id, kind, number)
  constraint origin_evidence_hs_check CHECK ((hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'::text))
  constraint origin_evidence_kind_check CHECK ((kind = ANY (ARRAY['certificate'::text, 'declaration'::text, 'supplier-statement'::text])))
  constraint origin_evidence_party_check CHECK ((party ~ '^[A-Z]{2}$'::text))
  constraint origin_evidence_pkey PRIMARY KEY (id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table origin_rule
  agreement text not null
  code text not null
  rule text not null
  constraint origin_rule_agreement_fkey FOREIGN KEY (agreement) REFERENCES origin_rule_set(agreement) ON DELETE CASCADE
  constraint origin_rule_code_check CHECK ((code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6})$'::text))
  constraint origin_rule_pkey PRIMARY KEY (agreement, code)

table origin_rule_set
  agreement text not null
  hs_edition text not null
  parties text[] not null
  valid_from date not null
  complete boolean not null
  origin text not null
  sha256 text not null
  rows bigint not null
  manual bigint not null
  loaded_at timestamp with time zone not null
  constraint origin_rule_set_agreement_check CHECK ((agreement ~ '^[A-Z][A-Z0-9-]{1,19}$'::text))
  constraint origin_rule_set_hs_edition_check CHECK ((hs_edition = ANY (ARRAY['2012'::text, '2017'::text, '2022'::text])))
  constraint origin_rule_set_pkey PRIMARY KEY (agreement)

table ownership
  code text not null
  name_zh text not null
  name_en text not null
  constraint ownership_pkey PRIMARY KEY (code)

table product
  id bigint not null identity
  enterprise_id text not null
  code text not null
  name text not null
  hs text not null
  updated_at timestamp with time zone not null
  constraint product_enterprise_id_code_key UNIQUE (enterprise_id, code)
  constraint product_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint product_enterprise_id_id_key UNIQUE (enterprise_id, id)
  constraint product_hs_check CHECK ((hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'::text))
  constraint product_pkey PRIMARY KEY (id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table province
  code text not null
  name_zh text not null
  name_en text not null
  constraint province_pkey PRIMARY KEY (code)

table question
  id bigint not null identity
  enterprise_id text not null
  topic text not null
  title text not null
  hs text
  product_id bigint
  state text not null default 'open'::text
  asked_by text not null
  asked_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint question_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint question_enterprise_id_id_key UNIQUE (enterprise_id, id)
  constraint question_enterprise_id_product_id_fkey FOREIGN KEY (enterprise_id, product_id) REFERENCES product(enterprise_id, id) ON DELETE SET NULL (product_id)
  constraint question_hs_check CHECK ((hs ~ '^[0-9]{6}([0-9]{2}){0,2}$'::text))
  constraint question_pkey PRIMARY KEY (id)
  constraint question_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text, 'reopened'::text])))
  constraint question_topic_check CHECK ((topic = ANY (ARRAY['tariff'::text, 'origin'::text, 'certificate'::text, 'warning'::text, 'data'::text, 'training'::text, 'other'::text])))
  CREATE INDEX question_inbox ON public.question USING btree (state, updated_at)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table question_attachment
  id bigint not null identity
  enterprise_id text not null
  question_id bigint not null
  name text not null
  type text not null
  bytes integer not null
  content bytea
  added_by text not null
  added_at timestamp with time zone not null
  constraint question_attachment_bytes_check CHECK (((bytes >= 1) AND (bytes <= 5242880)))
  constraint question_attachment_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint question_attachment_enterprise_id_question_id_fkey FOREIGN KEY (enterprise_id, question_id) REFERENCES question(enterprise_id, id) ON DELETE CASCADE
  constraint question_attachment_pkey PRIMARY KEY (id)
  CREATE INDEX question_attachment_question ON public.question_attachment USING btree (enterprise_id, question_id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table question_entry
  id bigint not null identity
  enterprise_id text not null
  question_id bigint not null
  kind text not null
  body text not null default ''::text
  author text not null
  of_bureau boolean not null
  at timestamp with time zone not null
  constraint question_entry_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint question_entry_enterprise_id_id_key UNIQUE (enterprise_id, id)
  constraint question_entry_enterprise_id_question_id_fkey FOREIGN KEY (enterprise_id, question_id) REFERENCES question(enterprise_id, id) ON DELETE CASCADE
  constraint question_entry_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'added'::text, 'answered'::text, 'closed'::text, 'reopened'::text])))
  constraint question_entry_pkey PRIMARY KEY (id)
  CREATE INDEX question_entry_question ON public.question_entry USING btree (enterprise_id, question_id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table reference_file
  name text not null
  sha256 text not null
  rows bigint not null
  constraint reference_file_pkey PRIMARY KEY (name)

table reject
  source_file_id bigint not null
  line bigint not null
  field text not null
  value text not null
  reason text not null
  hint text not null
  constraint reject_source_file_id_fkey FOREIGN KEY (source_file_id) REFERENCES source_file(id) ON DELETE CASCADE
  CREATE INDEX reject_file ON public.reject USING btree (source_file_id, line)

table remedy_case
  id bigint not null identity
  source text not null
  reference text not null
  kind text not null
  imposing text not null
  affected text not null
  product text not null
  initiated_on date
  in_force_on date
  sunset_on date
  sunset_stated boolean not null default true
  withdrawn_on date
  hs6 text[] not null
  hs_edition text
  constraint remedy_case_kind_check CHECK ((kind = ANY (ARRAY['anti-dumping'::text, 'countervailing'::text, 'safeguard'::text, 'other'::text])))
  constraint remedy_case_pkey PRIMARY KEY (id)
  constraint remedy_case_source_reference_affected_key UNIQUE (source, reference, affected)
  CREATE INDEX remedy_case_hs ON public.remedy_case USING gin (hs6)

table schedule_run
  name text not null
  ran_at timestamp with time zone not null
  constraint schedule_run_pkey PRIMARY KEY (name)

table session
  token_hash text not null
  account_id bigint not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  id bigint not null identity
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
  constraint session_id_key UNIQUE (id)
  constraint session_pkey PRIMARY KEY (token_hash)

table signing_key
  purpose text not null
  key bytea not null
  constraint signing_key_key_check CHECK ((length(key) = 32))
  constraint signing_key_pkey PRIMARY KEY (purpose)

table silence
  id bigint not null identity
  matchers jsonb not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  note text not null default ''::text
  created_by text not null
  created_at timestamp with time zone not null
  constraint silence_check CHECK ((ends_at > starts_at))
  constraint silence_matchers_check CHECK (((jsonb_typeof(matchers) = 'object'::text) AND (matchers <> '{}'::jsonb)))
  constraint silence_pkey PRIMARY KEY (id)
  CREATE INDEX silence_end ON public.silence USING btree (ends_at)

table slice
  id bigint not null identity
  dataset text not null
  flow text not null
  period date not null
  months smallint not null
  scope text not null default ''::text
  hs_edition text not null
  source_file_id bigint not null
  rows bigint not null
  loaded_at timestamp with time zone not null
  superseded_at timestamp with time zone
  constraint slice_flow_check CHECK ((flow = ANY (ARRAY['export'::text, 'import'::text, 're-export'::text, 're-import'::text])))
  constraint slice_months_check CHECK ((months = ANY (ARRAY[1, 2, 12])))
  constraint slice_pkey PRIMARY KEY (id)
  constraint slice_source_file_id_fkey FOREIGN KEY (source_file_id) REFERENCES source_file(id)
  CREATE UNIQUE INDEX slice_current ON public.slice USING btree (dataset, flow, period, months, scope) WHERE (superseded_at IS NULL)
  CREATE INDEX slice_lookup ON public.slice USING btree (dataset, flow, period, loaded_at)
  CREATE INDEX slice_source_file ON public.slice USING btree (source_file_id)

table slice_gap
  slice_id bigint not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone not null
  source_file_id bigint not null
  constraint slice_gap_check CHECK ((until_at >= from_at))
  constraint slice_gap_pkey PRIMARY KEY (slice_id, from_at)
  constraint slice_gap_slice_id_fkey FOREIGN KEY (slice_id) REFERENCES slice(id) ON DELETE CASCADE
  constraint slice_gap_source_file_id_fkey FOREIGN KEY (source_file_id) REFERENCES source_file(id)
  CREATE INDEX slice_gap_file ON public.slice_gap USING btree (source_file_id)

table source_file
  id bigint not null identity
  sha256 text not null
  name text not null
  bytes bigint not null
  state text not null
  options jsonb not null default '{}'::jsonb
  report jsonb
  imported_by text not null
  received_at timestamp with time zone not null
  finished_at timestamp with time zone
  undone_by text
  undone_at timestamp with time zone
  error text
  problem jsonb
  sent_by bigint
  constraint source_file_pkey PRIMARY KEY (id)
  constraint source_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint source_file_state_check CHECK ((state = ANY (ARRAY['loading'::text, 'loaded'::text, 'partial'::text, 'previewed'::text, 'refused'::text, 'dropped'::text, 'failed'::text, 'undone'::text])))
  CREATE UNIQUE INDEX source_file_stored ON public.source_file USING btree (sha256) WHERE (state = ANY (ARRAY['loaded'::text, 'partial'::text]))

table subscription
  id bigint not null identity
  email text not null
  account_id bigint
  enterprise_id text
  language text not null default 'zh'::text
  severities text[] not null default '{critical,warning,info}'::text[]
  topics text[] not null default '{}'::text[]
  remind_after_days integer not null default 30
  active boolean not null default true
  created_at timestamp with time zone not null
  escalations boolean not null default false
  name text
  districts text[] not null default '{}'::text[]
  names_enterprises boolean not null default true
  unsubscribed_at timestamp with time zone
  constraint subscription_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
  constraint subscription_account_id_key UNIQUE (account_id)
  constraint subscription_check CHECK (((unsubscribed_at IS NULL) OR ((account_id IS NULL) AND (NOT active))))
  constraint subscription_email_check CHECK ((email = lower(email)))
  constraint subscription_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint subscription_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text])))
  constraint subscription_pkey PRIMARY KEY (id)
  constraint subscription_remind_after_days_check CHECK (((remind_after_days >= 1) AND (remind_after_days <= 366)))
  CREATE UNIQUE INDEX subscription_email ON public.subscription USING btree (email) WHERE (account_id IS NULL)

table subscription_default
  role text not null
  severities text[] not null default '{critical,warning,info}'::text[]
  topics text[] not null default '{}'::text[]
  remind_after_days integer not null default 30
  escalations boolean not null default false
  active boolean not null
  constraint subscription_default_pkey PRIMARY KEY (role)
  constraint subscription_default_remind_after_days_check CHECK (((remind_after_days >= 1) AND (remind_after_days <= 366)))
  constraint subscription_default_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'officer'::text, 'enterprise'::text])))

table supervision_mode
  code text not null
  name_zh text not null
  trade_mode text
  basis text
  constraint supervision_mode_basis_check CHECK ((basis = ANY (ARRAY['name'::text, 'recalled'::text])))
  constraint supervision_mode_check CHECK (((trade_mode IS NULL) = (basis IS NULL)))
  constraint supervision_mode_pkey PRIMARY KEY (code)
  constraint supervision_mode_trade_mode_fkey FOREIGN KEY (trade_mode) REFERENCES trade_mode(code)

table supplier
  id bigint not null identity
  enterprise_id text not null
  name text not null
  country text not null
  updated_at timestamp with time zone not null
  constraint supplier_country_check CHECK ((country ~ '^[A-Z]{2}$'::text))
  constraint supplier_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprise(id)
  constraint supplier_enterprise_id_id_key UNIQUE (enterprise_id, id)
  constraint supplier_enterprise_id_name_key UNIQUE (enterprise_id, name)
  constraint supplier_pkey PRIMARY KEY (id)
  policy own_rows using ((current_setting('tradewind.enterprise'::text, true) = enterprise_id) OR (current_setting('tradewind.enterprise'::text, true) = '*'::text))

table tariff_pack
  id text not null
  regime text not null
  importer text not null
  party_group text
  hs_edition text not null
  valid_from date not null
  valid_to date
  source text not null
  origin text not null
  published date
  sha256 text not null
  content_sha256 text not null
  rows bigint not null
  shipped boolean not null
  loaded_at timestamp with time zone not null
  constraint tariff_pack_hs_edition_check CHECK ((hs_edition = ANY (ARRAY['2012'::text, '2017'::text, '2022'::text])))
  constraint tariff_pack_pkey PRIMARY KEY (id)
  constraint tariff_pack_regime_check CHECK ((regime ~ '^[A-Z][A-Z0-9-]{1,19}$'::text))
  CREATE INDEX tariff_pack_importer_regime_idx ON public.tariff_pack USING btree (importer, regime)

table tariff_rate
  pack_id text not null
  line text not null
  base boolean not null
  valid_from date not null
  valid_to date
  rate text not null
  constraint tariff_rate_pack_id_fkey FOREIGN KEY (pack_id) REFERENCES tariff_pack(id) ON DELETE CASCADE
  constraint tariff_rate_pkey PRIMARY KEY (pack_id, line, valid_from)
  CREATE INDEX tariff_rate_pack_id_left_idx ON public.tariff_rate USING btree (pack_id, "left"(line, 6))

table trade_flow
  slice_id bigint not null
  period date not null
  hs text not null
  partner text not null
  trade_mode text
  supervision_mode text
  ownership text
  transport text
  district text
  enterprise text
  quantity1 numeric
  unit1 text
  quantity2 numeric
  unit2 text
  value_cny numeric
  value_usd numeric
  breakdown text
  counted boolean not null default true
  line bigint not null
  value_declared numeric
  currency text
  declaration text
  item text
  CREATE INDEX trade_flow_slice ON ONLY public.trade_flow USING brin (slice_id) WITH (pages_per_range='32', autosummarize='on')

table trade_mode
  code text not null
  name_zh text not null
  name_en text not null
  checked boolean not null
  constraint trade_mode_pkey PRIMARY KEY (code)

table trade_rollup
  slice_id bigint not null
  dims text not null
  hs text not null default ''::text
  partner text not null default ''::text
  mode text not null default ''::text
  ownership text not null default ''::text
  transport text not null default ''::text
  district text not null default ''::text
  enterprise text not null default ''::text
  value_cny numeric
  value_usd numeric
  quantity numeric
  unit text
  rows bigint not null
  line_dims text
  lines text[]
  line_cny numeric[]
  line_usd numeric[]
  line_quantity numeric[]
  line_unit text[]
  line_rows bigint[]
  CREATE INDEX trade_rollup_enterprise ON public.trade_rollup USING btree (enterprise, slice_id, dims) WHERE (enterprise <> ''::text)
  CREATE INDEX trade_rollup_lookup ON public.trade_rollup USING btree (slice_id, dims, hs, partner) INCLUDE (value_cny, value_usd, rows)

table training_event
  id bigint not null identity
  title text not null
  body text not null
  place text not null
  districts text[] not null default '{}'::text[]
  chapters text[] not null default '{}'::text[]
  starts_at timestamp with time zone not null
  deadline timestamp with time zone not null
  capacity integer not null
  taken integer not null default 0
  cancelled_at timestamp with time zone
  published_at timestamp with time zone not null
  author text not null
  constraint training_event_capacity_check CHECK (((capacity >= 1) AND (capacity <= 100000)))
  constraint training_event_check CHECK ((deadline <= starts_at))
  constraint training_event_pkey PRIMARY KEY (id)
  constraint training_event_places CHECK (((taken >= 0) AND (taken <= capacity)))
  CREATE INDEX training_event_start ON public.training_event USING btree (starts_at)

table transport_mode
  code text not null
  name_zh text not null
  constraint transport_mode_pkey PRIMARY KEY (code)

table unit
  code text not null
  name_zh text not null
  base text not null
  factor numeric not null
  constraint unit_factor_check CHECK ((factor > (0)::numeric))
  constraint unit_name_zh_key UNIQUE (name_zh)
  constraint unit_pkey PRIMARY KEY (code)

table warning
  id bigint not null identity
  rule_id text not null
  labels jsonb not null
  state text not null
  resumes text
  period text not null
  active_since text
  fired_period text
  resolved_period text
  value numeric
  base numeric
  change numeric
  measured jsonb not null
  spells jsonb not null
  acknowledged_at timestamp with time zone
  acknowledged_by text
  acknowledged_note text
  updated_at timestamp with time zone not null
  owner text
  opened_at timestamp with time zone
  escalated_at timestamp with time zone
  constraint warning_check CHECK (((state = 'no-data'::text) = (resumes IS NOT NULL)))
  constraint warning_check1 CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL)))
  constraint warning_pkey PRIMARY KEY (id)
  constraint warning_resumes_check CHECK ((resumes = ANY (ARRAY['inactive'::text, 'pending'::text, 'firing'::text, 'resolved'::text])))
  constraint warning_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES warning_rule(id) ON DELETE CASCADE
  constraint warning_rule_id_labels_key UNIQUE (rule_id, labels)
  constraint warning_state_check CHECK ((state = ANY (ARRAY['inactive'::text, 'pending'::text, 'firing'::text, 'resolved'::text, 'no-data'::text])))
  CREATE INDEX warning_state ON public.warning USING btree (state)

table warning_event
  id bigint not null identity
  warning_id bigint not null
  reason text not null
  cause text not null
  period text not null
  value numeric
  base numeric
  change numeric
  created_at timestamp with time zone not null
  constraint warning_event_cause_check CHECK ((cause = ANY (ARRAY['data'::text, 'rule'::text])))
  constraint warning_event_pkey PRIMARY KEY (id)
  constraint warning_event_reason_check CHECK ((reason = ANY (ARRAY['new'::text, 'worse'::text, 'revised'::text, 'resolved'::text])))
  constraint warning_event_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id) ON DELETE CASCADE
  CREATE INDEX warning_event_warning ON public.warning_event USING btree (warning_id, id)

table warning_follow_up
  id bigint not null identity
  warning_id bigint not null
  kind text not null
  by_name text
  owner text
  note text not null default ''::text
  created_at timestamp with time zone not null
  constraint warning_follow_up_kind_check CHECK ((kind = ANY (ARRAY['acknowledged'::text, 'escalated'::text])))
  constraint warning_follow_up_pkey PRIMARY KEY (id)
  constraint warning_follow_up_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id) ON DELETE CASCADE
  CREATE INDEX warning_follow_up_warning ON public.warning_follow_up USING btree (warning_id, id)

table warning_rule
  id text not null
  definition jsonb not null
  evaluated_through text
  evaluated_definition text
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint warning_rule_id_check CHECK ((id ~ '^[a-z0-9][a-z0-9-]{1,59}$'::text))
  constraint warning_rule_pkey PRIMARY KEY (id)
