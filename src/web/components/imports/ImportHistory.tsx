import { Button, Switch, Table, type TableColumnsType } from 'antd'
import { useId, useState } from 'react'
import { type ImportEntry, useImports } from '../../api.ts'
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
  const imports = useImports()
  const [dropped, showDropped] = useState(false)
  const [undoing, undo] = useState<ImportEntry | null>(null)
  const switchId = useId()
  const columns = useColumns(undo)
  const rows = (entries: ImportEntry[]) => entries.filter(({ state }) => dropped || state !== 'dropped')
  return (
    <Section
      title={text.wizard.history.title}
      extra={
        <>
          <label htmlFor={switchId}>{text.wizard.history.dropped}</label>
          <Switch id={switchId} size="small" checked={dropped} onChange={showDropped} />
        </>
      }
    >
      <Loaded query={imports} rows={8}>
        {({ data }) =>
          rows(data).length === 0 ? (
            <EmptyState title={text.imports.none} next={text.imports.noneNext} />
          ) : (
            <Table<ImportEntry>
              rowKey="id"
              size="small"
              columns={columns}
              dataSource={rows(data)}
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
        (entry.state === 'loaded' || entry.state === 'partial') && (
          <Button
            size="small"
            onClick={() => onUndo(entry)}
            aria-label={text.wizard.undo.buttonOf(entry.name)}
          >
            {text.wizard.undo.button}
          </Button>
        ),
    },
  ]
}

function State({ entry: { state } }: { entry: Pick<ImportEntry, 'state'> }) {
  const { text } = useText()
  return <span className={`state ${state}`}>{text.imports.states[state]}</span>
}
