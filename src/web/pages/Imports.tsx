import { Table, type TableColumnsType } from 'antd'
import { type ImportEntry, useImports } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { ImportForm } from '../components/ImportForm.tsx'
import { ImportReport } from '../components/ImportReport.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { count, dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'

/** What was loaded, by whom, with which result; and the way to load more. */
export function Imports() {
  const { text } = useText()
  const imports = useImports()
  const columns: TableColumnsType<ImportEntry> = [
    {
      title: text.imports.state,
      width: 110,
      render: (_, { state }) => <span className={`state ${state}`}>{text.imports.states[state]}</span>,
    },
    { title: text.imports.file, render: (_, { name }) => <span className="breakable">{name}</span> },
    {
      title: text.imports.rows,
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
  ]
  return (
    <>
      <PageHead title={text.ways.imports} />
      <ImportForm />
      <Section title={text.imports.history}>
        <Loaded query={imports} rows={8}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title={text.imports.none} next={text.imports.noneNext} />
            ) : (
              <Table<ImportEntry>
                rowKey="id"
                size="small"
                columns={columns}
                dataSource={data}
                pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
                expandable={{
                  columnTitle: <span className="visually-hidden">{text.details}</span>,
                  rowExpandable: ({ report }) => report !== null,
                  expandedRowRender: (entry) => <ImportReport entry={entry} />,
                }}
              />
            )
          }
        </Loaded>
      </Section>
    </>
  )
}
