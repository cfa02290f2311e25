import { Grid, Segmented, Table, type TableColumnsType } from 'antd'
import { useWarnings, type Warning } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { ExposedEnterprises } from '../components/ExposedEnterprises.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Severity, ValueAndBase, WarningSubject } from '../components/warning-parts.tsx'
import { count, month } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'

const states = ['open', 'pending', 'resolved', 'no-data'] as const

/** What needs a look? Warnings by state; a row opens to the enterprises behind it. */
export function Warnings() {
  const { language, text } = useText()
  const wide = Grid.useBreakpoint().md ?? false
  const [state, setState] = useChoice('state', states)
  const warnings = useWarnings(state)
  const counts = warnings.data?.meta.counts
  const period = (value: string | null) => (value === null ? '—' : month(value, language))
  const columns: TableColumnsType<Warning> = [
    {
      title: text.warnings.severity,
      width: 90,
      render: (_, { rule }) => <Severity severity={rule.severity} />,
    },
    {
      title: text.warnings.subject,
      render: (_, warning) => (
        <>
          <WarningSubject warning={warning} />
          {!wide && (
            <div>
              <ValueAndBase warning={warning} />
            </div>
          )}
        </>
      ),
    },
    {
      title: text.warnings.figures,
      responsive: ['md'],
      render: (_, warning) => <ValueAndBase warning={warning} />,
    },
    {
      title: text.warnings.fired,
      responsive: ['md'],
      width: 130,
      render: (_, { firedPeriod }) => period(firedPeriod),
    },
    {
      title: text.warnings.period,
      responsive: ['md'],
      width: 130,
      render: (_, warning) => period(warning.period),
    },
    {
      title: text.warnings.takenOn,
      responsive: ['md'],
      width: 140,
      render: (_, { acknowledged }) =>
        acknowledged?.by ?? <span className="muted">{text.warnings.nobody}</span>,
    },
  ]
  return (
    <>
      <PageHead
        title={text.ways.warnings}
        answer={counts && text.warnings.answer(counts.open ?? 0, counts.pending ?? 0)}
        tools={
          <Segmented
            aria-label={text.warnings.state}
            value={state}
            onChange={setState}
            options={states.map((value) => ({
              value,
              label: `${text.warnings.states[value]} ${counts ? count(counts[value] ?? 0) : ''}`,
            }))}
          />
        }
      />
      <Loaded query={warnings} rows={10}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title={text.warnings.noneIn(text.warnings.states[state])}
              next={text.warnings.noneNext}
            />
          ) : (
            <Table<Warning>
              rowKey="id"
              size="small"
              columns={columns}
              dataSource={data}
              pagination={false}
              loading={warnings.isPlaceholderData}
              expandable={{
                columnTitle: <span className="visually-hidden">{text.details}</span>,
                expandedRowRender: (warning) => <ExposedEnterprises warning={warning} />,
              }}
            />
          )
        }
      </Loaded>
    </>
  )
}
