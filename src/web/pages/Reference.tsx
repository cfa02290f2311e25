import { Table, type TableColumnsType } from 'antd'
import { type Packs, usePacks } from '../api-admin.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { usePartyName } from '../components/rcep/party-name.ts'
import { ScrollingTable } from '../components/ScrollingTable.tsx'
import { Section } from '../components/Section.tsx'
import { count, day } from '../format.ts'
import { useText } from '../language.tsx'

type Pack = Packs['packs'][number]
type Missing = Packs['missing'][number]

/** The facts the advice rests on: which schedules and rules are loaded, from which source, and which official file is wanting. */
export function Reference() {
  const { text } = useText()
  const labels = text.admin.reference
  const packs = usePacks()
  const data = packs.data?.data
  return (
    <>
      <PageHead
        title={text.admin.pages.reference}
        {...(data && { answer: labels.answer(data.packs.length, data.missing.length) })}
      />
      <Loaded query={packs} rows={10}>
        {({ data: facts }) => (
          <>
            <Section title={labels.missing}>
              <MissingTable missing={facts.missing} />
            </Section>
            <Section title={labels.packs}>
              <PackTable packs={facts.packs} />
            </Section>
            <Section title={labels.rules}>
              <RuleTable rules={facts.rules} />
            </Section>
            <Section title={labels.tables}>
              <FileTable tables={facts.tables} />
            </Section>
          </>
        )}
      </Loaded>
    </>
  )
}

function MissingTable({ missing }: { missing: Missing[] }) {
  const { text, language } = useText()
  const labels = text.admin.reference
  const nameOf = usePartyName()
  if (missing.length === 0) return <EmptyState title={labels.noMissing} />
  const columns: TableColumnsType<Missing> = [
    { title: labels.importer, width: 130, render: (_, { importer }) => nameOf(importer) },
    { title: labels.group, width: 120, dataIndex: 'group' },
    { title: labels.file, render: (_, { file }) => file[language] },
    {
      title: labels.command,
      responsive: ['lg'],
      width: 420,
      render: (_, { importer, group }) => (
        <code className="breakable">{`reference import rcep-schedule FILE --importer ${importer} --partners ${group} --edition 2012`}</code>
      ),
    },
  ]
  return (
    <>
      <p className="muted gap-below">{labels.missingNext}</p>
      <Table
        aria-label={labels.missing}
        size="small"
        rowKey={({ importer, group }) => `${importer} ${group}`}
        columns={columns}
        dataSource={missing}
        pagination={missing.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      />
    </>
  )
}

function PackTable({ packs }: { packs: Pack[] }) {
  const { text } = useText()
  const labels = text.admin.reference
  const nameOf = usePartyName()
  const columns: TableColumnsType<Pack> = [
    { title: labels.regime, width: 90, dataIndex: 'regime' },
    {
      title: labels.importer,
      width: 150,
      render: (_, { importer, group }) => (
        <>
          {nameOf(importer)}
          <div className="muted">{`${labels.group} ${group ?? labels.everyone}`}</div>
        </>
      ),
    },
    { title: labels.lines, width: 90, align: 'right', render: (_, { lines }) => count(lines) },
    {
      title: labels.valid,
      responsive: ['md'],
      width: 190,
      render: (_, { validFrom, validTo }) => `${validFrom} – ${validTo ?? labels.toEnd}`,
    },
    {
      title: labels.source,
      render: (_, { source, published }) => (
        <span className="breakable">
          {source}
          <div className="muted">{`${labels.published} ${published ?? labels.undated}`}</div>
        </span>
      ),
    },
    {
      title: labels.origin,
      responsive: ['lg'],
      width: 150,
      render: (_, { shipped, loadedAt }) => (shipped ? labels.shipped : labels.loaded(day(loadedAt))),
    },
  ]
  return (
    <Table
      aria-label={labels.packs}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={packs}
      pagination={false}
    />
  )
}

function RuleTable({ rules }: { rules: Packs['rules'] }) {
  const { text } = useText()
  const labels = text.admin.reference
  return (
    <ScrollingTable label={labels.rules}>
      <thead>
        <tr>
          <th scope="col">{labels.agreement}</th>
          <th scope="col" className="number">
            {labels.rows}
          </th>
          <th scope="col">{labels.completeness}</th>
          <th scope="col">{labels.source}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ agreement, rows, complete, source }) => (
          <tr key={agreement}>
            <th scope="row">{agreement}</th>
            <td className="number">{count(rows)}</td>
            <td>{complete ? labels.complete : labels.incomplete}</td>
            <td>{source}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}

function FileTable({ tables }: { tables: Packs['tables'] }) {
  const { text } = useText()
  const labels = text.admin.reference
  return (
    <ScrollingTable label={labels.tables}>
      <thead>
        <tr>
          <th scope="col">{labels.name}</th>
          <th scope="col" className="number">
            {labels.rows}
          </th>
          <th scope="col">{labels.sha256}</th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ name, rows, sha256 }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{count(rows)}</td>
            <td>
              <code>{sha256.slice(0, 12)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
