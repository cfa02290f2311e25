import { Button, Checkbox, Grid, Input, Segmented, Select, Table, type TableColumnsType } from 'antd'
import { Link } from 'react-router'
import type { Warning } from '../../api.ts'
import { useWarningList } from '../../api-alerts.ts'
import { count, month } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useChoice } from '../../use-choice.ts'
import { EmptyState } from '../EmptyState.tsx'
import { ExposedEnterprises } from '../ExposedEnterprises.tsx'
import { Loaded } from '../Loaded.tsx'
import { PageHead } from '../PageHead.tsx'
import { Severity, ValueAndBase, WarningSubject } from '../warning-parts.tsx'
import { AlertTabs } from './AlertTabs.tsx'
import { severities, topics, useBoardFilter } from './board-filter.ts'

const states = ['open', 'pending', 'resolved', 'no-data'] as const

/** What needs a look? Warnings by state and severity; a row opens to the enterprises behind it, its name to its page. */
export function Board() {
  const { text } = useText()
  const [state, setState] = useChoice('state', states)
  const warnings = useWarningList(state)
  const counts = warnings.data?.meta.counts
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
      <AlertTabs />
      <Loaded query={warnings} rows={10}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title={text.warnings.noneIn(text.warnings.states[state])}
              next={text.warnings.noneNext}
            />
          ) : (
            <Filtered warnings={data} isPlaceholder={warnings.isPlaceholderData} />
          )
        }
      </Loaded>
    </>
  )
}

function Filtered({ warnings, isPlaceholder }: { warnings: Warning[]; isPlaceholder: boolean }) {
  const { language, text } = useText()
  const labels = text.alerts.board
  const filter = useBoardFilter(language)
  const shown = warnings.filter(filter.fits)
  const of = (severity: string) =>
    warnings.filter((warning) => warning.rule.severity === severity && filter.fitsButSeverity(warning)).length
  return (
    <>
      <div className="tools gap-below no-print">
        <Segmented
          aria-label={labels.severity}
          value={filter.severity}
          onChange={filter.setSeverity}
          options={severities.map((value) => ({
            value,
            label: value === 'all' ? labels.all : `${text.warnings.severities[value]} ${count(of(value))}`,
          }))}
        />
        <Select
          aria-label={labels.topic}
          className="by"
          value={filter.topic}
          onChange={filter.setTopic}
          options={topics.map((value) => ({
            value,
            label: value === 'all' ? labels.allTopics : text.alerts.topics[value],
          }))}
        />
        <Input
          aria-label={labels.search}
          placeholder={labels.search}
          className="search"
          allowClear
          value={filter.words}
          onChange={({ target }) => filter.setWords(target.value)}
        />
        <Checkbox
          checked={filter.owner === 'none'}
          onChange={({ target }) => filter.setOwner(target.checked ? 'none' : 'any')}
        >
          {labels.unowned}
        </Checkbox>
        <span className="muted">{labels.shown(count(shown.length), count(warnings.length))}</span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={labels.noneShown}
          next={
            <>
              {labels.noneShownNext} <Button onClick={filter.clear}>{labels.clear}</Button>
            </>
          }
        />
      ) : (
        <Warnings warnings={shown} isPlaceholder={isPlaceholder} />
      )}
    </>
  )
}

function Warnings({ warnings, isPlaceholder }: { warnings: Warning[]; isPlaceholder: boolean }) {
  const { text } = useText()
  const columns = useColumns()
  return (
    <Table<Warning>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={warnings}
      pagination={warnings.length > 50 && { pageSize: 50, showSizeChanger: false }}
      loading={isPlaceholder}
      expandable={{
        columnTitle: <span className="visually-hidden">{text.details}</span>,
        expandedRowRender: (warning) => <ExposedEnterprises warning={warning} />,
      }}
    />
  )
}

function useColumns(): TableColumnsType<Warning> {
  const { language, text } = useText()
  const wide = Grid.useBreakpoint().md ?? false
  const period = (value: string | null) => (value === null ? '—' : month(value, language))
  return [
    {
      title: text.warnings.severity,
      width: 90,
      render: (_, { rule }) => <Severity severity={rule.severity} />,
    },
    {
      title: text.warnings.subject,
      render: (_, warning) => (
        <>
          <Link to={`/warnings/${warning.id}`} className="subject">
            <WarningSubject warning={warning} />
          </Link>
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
      responsive: ['lg'],
      width: 130,
      render: (_, warning) => period(warning.period),
    },
    {
      title: text.warnings.takenOn,
      responsive: ['md'],
      width: 140,
      render: (_, { acknowledged }) =>
        acknowledged?.owner ?? <span className="muted">{text.warnings.nobody}</span>,
    },
  ]
}
