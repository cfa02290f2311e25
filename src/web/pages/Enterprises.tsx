import { Alert, Button, Input, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type Firm, mostFirms, useFirms } from '../api-admin.ts'
import { FirmForm } from '../components/admin/FirmForm.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { count, day } from '../format.ts'
import { useText } from '../language.tsx'
import '../styles/admin.css'
import { useDebounced } from '../use-debounced.ts'

/** The firms of the city: those registered here and those that declarations made known. */
export function Enterprises() {
  const { text } = useText()
  const labels = text.admin.enterprises
  const [params, setParams] = useSearchParams()
  const words = params.get('q') ?? ''
  const firms = useFirms(useDebounced(words))
  const [edited, setEdited] = useState<Firm | 'new' | null>(null)
  const [saved, setSaved] = useState<Firm | null>(null)
  const listed = firms.data?.data
  const registered = listed?.filter(({ registeredAt }) => registeredAt !== null).length ?? 0
  return (
    <>
      <PageHead
        title={labels.title}
        {...(listed && { answer: labels.answer(count(listed.length), count(registered)) })}
        tools={
          <>
            <Input
              className="admin-search"
              aria-label={labels.search}
              placeholder={labels.search}
              allowClear
              maxLength={100}
              value={words}
              onChange={({ target }) => setParams(target.value ? { q: target.value } : {}, { replace: true })}
            />
            <Button type="primary" onClick={() => setEdited('new')}>
              {labels.register}
            </Button>
          </>
        }
      />
      {saved && (
        <Alert
          className="gap-below"
          type="success"
          showIcon
          role="status"
          closable={{ onClose: () => setSaved(null) }}
          title={labels.registeredNow(saved.name)}
        />
      )}
      <Loaded query={firms} rows={8}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title={words ? labels.noMatch : labels.none}
              next={words ? labels.noMatchNext : labels.noneNext}
            />
          ) : (
            <FirmTable firms={data} onEdit={setEdited} />
          )
        }
      </Loaded>
      {edited && (
        <FirmForm
          firm={edited === 'new' ? null : edited}
          onClose={(firm) => {
            if (edited === 'new') setSaved(firm)
            setEdited(null)
          }}
        />
      )}
    </>
  )
}

function FirmTable({ firms, onEdit }: { firms: Firm[]; onEdit: (firm: Firm) => void }) {
  const { text } = useText()
  const labels = text.admin.enterprises
  const columns: TableColumnsType<Firm> = [
    {
      title: labels.name,
      render: (_, { id, name }) => (
        <span className="breakable">
          {name}
          <br />
          <span className="muted code">{id}</span>
        </span>
      ),
    },
    {
      title: labels.uscc,
      responsive: ['md'],
      width: 200,
      render: (_, { uscc }) => uscc ?? <span className="muted">{text.admin.never}</span>,
    },
    {
      title: labels.district,
      responsive: ['lg'],
      width: 160,
      render: (_, { district }) => district.nameZh ?? district.code,
    },
    {
      title: labels.ownership,
      responsive: ['lg'],
      width: 140,
      render: (_, { ownership }) => ownership.nameZh ?? labels.unknown,
    },
    {
      title: labels.registered,
      responsive: ['md'],
      width: 150,
      render: (_, { registeredAt }) =>
        registeredAt ? day(registeredAt) : <span className="muted">{labels.fromDeclarations}</span>,
    },
    {
      title: text.admin.change,
      width: 150,
      render: (_, firm) => (
        <>
          <Button type="link" size="small" aria-label={labels.edit(firm.name)} onClick={() => onEdit(firm)}>
            {text.admin.change}
          </Button>
          <Link to={`/explorer?by=hs2&enterprise=${firm.id}`}>{labels.trade}</Link>
        </>
      ),
    },
  ]
  return (
    <>
      {firms.length === mostFirms && <p className="muted gap-below">{labels.first(mostFirms)}</p>}
      <Table
        aria-label={labels.table}
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={firms}
        pagination={firms.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      />
    </>
  )
}
