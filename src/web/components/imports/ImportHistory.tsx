import { Button, Select, Table, type TableColumnsType } from 'antd'
import { useId, useState } from 'react'
import { type ImportEntry, useImports } from '../../api.ts'
import { useDropImport } from '../../api-wizard.ts'
import { count, dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { ImportReport } from '../ImportReport.tsx'
import { Loaded } from '../Loaded.tsx'
import { Section } from '../Section.tsx'
import { PreviewActions } from './PreviewActions.tsx'
import { UndoDialog } from './UndoDialog.tsx'

/** Who loaded what, when and with which result; each with its report, and a way to take it back. */
export function ImportHistory() {
  const { text } = useText()
  const [show, setShow] = useState<(typeof shows)[number]>('current')
  const imports = useImports(show)
  const [undoing, undo] = useState<ImportEntry | null>(null)
  const showId = useId()
  const words = text.wizard.history
  const columns = useColumns(undo)
  return (
    <Section
      title={words.title}
      extra={
        <>
          <label htmlFor={showId}>{words.show}</label>
          <Select
            id={showId}
            className="history-show"
            value={show}
            options={shows.map((value) => ({ value, label: words.shows[value] }))}
            onChange={setShow}
          />
        </>
      }
    >
      {(show === 'refused' || show === 'open') && <p className="muted">{words.expires}</p>}
      <Loaded query={imports} rows={8}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title={show === 'current' ? text.imports.none : words.noneOfThese}
              next={show === 'current' ? text.imports.noneNext : ''}
            />
          ) : (
            <Table<ImportEntry>
              rowKey="id"
              size="small"
              columns={columns}
              dataSource={data}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              expandable={{
                columnTitle: <span className="visually-hidden">{text.details}</span>,
                rowExpandable: ({ report, error }) => report !== null || error !== null,
                expandedRowRender: (entry) => (
                  <div className="file-card">
                    <ImportReport entry={entry} />
                    <PreviewActions entry={entry} />
                  </div>
                ),
              }}
            />
          )
        }
      </Loaded>
      {undoing && <UndoDialog entry={undoing} onClose={() => undo(null)} />}
    </Section>
  )
}

const shows = ['current', 'stored', 'open', 'refused', 'dropped'] as const

function useColumns(onUndo: (entry: ImportEntry) => void): TableColumnsType<ImportEntry> {
  const { text } = useText()
  return [
    {
      title: text.imports.state,
      responsive: ['md'],
      width: 110,
      render: (_, entry) => <State entry={entry} />,
    },
    {
      title: text.imports.file,
      render: (_, { name, undoneBy, undoneAt, ...entry }) => (
        <>
          <span className="phone-only">
            <State entry={entry} />
          </span>
          <span className="breakable">{name}</span>
          {undoneBy !== null && undoneAt !== null && (
            <span className="muted block">{text.wizard.history.undone(undoneBy, dayAndTime(undoneAt))}</span>
          )}
        </>
      ),
    },
    {
      title: text.imports.rows,
      responsive: ['md'],
      align: 'right',
      width: 110,
      render: (_, { report }) => (report ? count(report.rows.loaded) : '—'),
    },
    {
      title: text.imports.rejected,
      responsive: ['md'],
      align: 'right',
      width: 90,
      render: (_, { report }) => (report ? count(report.rows.rejected) : '—'),
    },
    { title: text.imports.by, responsive: ['md'], width: 140, dataIndex: 'importedBy' },
    {
      title: text.imports.received,
      responsive: ['md'],
      width: 150,
      render: (_, { receivedAt }) => dayAndTime(receivedAt),
    },
    {
      title: <span className="visually-hidden">{text.wizard.undo.button}</span>,
      width: 80,
      render: (_, entry) =>
        entry.state === 'loaded' || entry.state === 'partial' ? (
          <Button
            size="small"
            onClick={() => onUndo(entry)}
            aria-label={text.wizard.undo.buttonOf(entry.name)}
          >
            {text.wizard.undo.button}
          </Button>
        ) : (
          (entry.state === 'refused' || entry.state === 'failed') && <Dismiss entry={entry} />
        ),
    },
  ]
}

/** Takes an attempt that stored nothing off the list. */
function Dismiss({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  const drop = useDropImport()
  return (
    <Button
      size="small"
      loading={drop.isPending}
      onClick={() => drop.mutate(entry.id)}
      aria-label={text.wizard.history.dismissOf(entry.name)}
    >
      {text.wizard.history.dismiss}
    </Button>
  )
}

function State({ entry: { state } }: { entry: Pick<ImportEntry, 'state'> }) {
  const { text } = useText()
  return <span className={`state ${state}`}>{text.imports.states[state]}</span>
}
