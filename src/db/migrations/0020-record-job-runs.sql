-- What the service's regular jobs did: one row a run; of the runs that found nothing to do only the latest of each job is kept.
create table job_run (
  id bigint generated always as identity primary key,
  job text not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('done', 'idle', 'failed')),
  detail text
);
create index on job_run (job, id);
