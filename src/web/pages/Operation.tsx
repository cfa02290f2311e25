import { Button, Table, type TableColumnsType } from 'antd'
import { type Job, useDatabaseStatus, useJobs } from '../api-admin.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { ScrollingTable } from '../components/ScrollingTable.tsx'
import { Section } from '../components/Section.tsx'
import { count, dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'

type Run = Job['runs'][number]

/** Whether the service does its work: regular jobs, the database, and whether sums equal their facts. */
export function Operation() {
  const { text } = useText()
  const labels = text.admin.operation
  const jobs = useJobs()
  const failed = jobs.data?.data.filter(({ runs }) => runs[0]?.outcome === 'failed').length
  return (
    <>
      <PageHead
        title={text.admin.pages.operation}
        {...(failed !== undefined && { answer: labels.answer(failed) })}
      />
      <Section title={labels.jobs}>
        <Loaded query={jobs}>{({ data }) => <JobTable jobs={data} />}</Loaded>
      </Section>
      <DatabaseSection />
      <Section title={labels.history}>
        <Loaded query={jobs}>{({ data }) => <RunTable jobs={data} />}</Loaded>
      </Section>
    </>
  )
}

function JobTable({ jobs }: { jobs: Job[] }) {
  const { text } = useText()
  const labels = text.admin.operation
  return (
    <ScrollingTable label={labels.jobs}>
      <thead>
        <tr>
          {[labels.job, labels.schedule, labels.next, labels.last, labels.outcome].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {jobs.map(({ job, schedule, nextRun, runs: [last] }) => (
          <tr key={job}>
            <th scope="row">{labels.names[job] ?? job}</th>
            <td>{labels.schedules[schedule] ?? schedule}</td>
            <td className="nowrap">{dayAndTime(nextRun)}</td>
            <td className="nowrap">{last ? dayAndTime(last.startedAt) : labels.notYet}</td>
            <td>{last && <Outcome run={last} />}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}

function Outcome({ run }: { run: Run }) {
  const { text } = useText()
  return <span className={`state ${run.outcome}`}>{text.admin.operation.outcomes[run.outcome]}</span>
}

function RunTable({ jobs }: { jobs: Job[] }) {
  const { text } = useText()
  const labels = text.admin.operation
  const runs = jobs
    .flatMap(({ job, runs: ofJob }) => ofJob.map((run) => ({ ...run, job })))
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
  if (runs.length === 0) return <EmptyState title={labels.noHistory} next={labels.noHistoryNext} />
  const columns: TableColumnsType<Run & { job: string }> = [
    { title: labels.last, width: 150, render: (_, { startedAt }) => dayAndTime(startedAt) },
    { title: labels.job, width: 130, render: (_, { job }) => labels.names[job] ?? job },
    { title: labels.outcome, width: 100, render: (_, run) => <Outcome run={run} /> },
    {
      title: labels.took,
      responsive: ['md'],
      align: 'right',
      width: 90,
      render: (_, { startedAt, endedAt }) =>
        labels.seconds(((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1)),
    },
    {
      title: labels.detail,
      render: (_, { detail }) => <span className="breakable">{said(detail, labels.details)}</span>,
    },
  ]
  return (
    <Table
      aria-label={labels.history}
      size="small"
      rowKey={({ job, startedAt }) => `${job} ${startedAt}`}
      columns={columns}
      dataSource={runs}
      pagination={false}
    />
  )
}

/** What a run came to in the reader's language; a failure is told in its own words. */
function said(detail: string | null, patterns: readonly [RegExp, string][]): string | null {
  const known = detail === null ? undefined : patterns.find(([pattern]) => pattern.test(detail))
  return known && detail !== null ? detail.replace(...known) : detail
}

function DatabaseSection() {
  const { text } = useText()
  const labels = text.admin.operation
  const status = useDatabaseStatus()
  return (
    <Section
      title={labels.database}
      extra={
        <Button size="small" loading={status.isFetching} onClick={() => void status.refetch()}>
          {labels.checkAgain}
        </Button>
      }
    >
      <Loaded query={status}>
        {({ data, meta }) => (
          <dl className="facts">
            <dt>{labels.version}</dt>
            <dd>{data.version.split(' on ')[0]}</dd>
            <dt>{labels.size}</dt>
            <dd>{labels.megabytes(count(Math.round(data.bytes / 1_000_000)))}</dd>
            <dt>{labels.migrations}</dt>
            <dd>{count(data.migrations)}</dd>
            <dt>{labels.files}</dt>
            <dd>{count(data.files)}</dd>
            <dt>{labels.slices}</dt>
            <dd>{labels.sliceCount(count(data.currentSlices), count(data.olderSlices))}</dd>
            <dt>{labels.facts}</dt>
            <dd>{count(data.currentFacts)}</dd>
            <dt>{labels.rollups}</dt>
            <dd>{count(data.rollupRows)}</dd>
            <dt>{labels.consistency}</dt>
            <dd>
              {data.rollups.differ > 0
                ? labels.inconsistent(count(data.rollups.differ))
                : labels.consistent(count(data.rollups.checked), count(data.rollups.slices))}
              <div className="muted">{labels.checkedAt(dayAndTime(meta.asOf))}</div>
            </dd>
          </dl>
        )}
      </Loaded>
    </Section>
  )
}
