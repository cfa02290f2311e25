import { Button, Input, Skeleton, Table, type TableColumnsType } from 'antd'
import { useSearchParams } from 'react-router'
import { type AuditEntry, type AuditFilter, auditAddress, useAudit } from '../api-admin.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'
import { useDebounced } from '../use-debounced.ts'

const names = ['actor', 'action', 'subject', 'from', 'to'] as const
const exported = 10_000

/** Who saw or changed what: newest first, by person, action, address and days; the address of the page holds what is looked for. */
export function Audit() {
  const { text } = useText()
  const labels = text.admin.audit
  const [params, setParams] = useSearchParams()
  const typed = Object.fromEntries(
    names.map((name) => [name, params.get(name) ?? '']),
  ) as unknown as AuditFilter
  const filter = useDebounced(typed)
  const audit = useAudit(filter)
  const entries = audit.data?.pages.flatMap(({ data }) => data) ?? []
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  return (
    <>
      <PageHead
        title={text.admin.pages.audit}
        {...(audit.data && { answer: labels.answer(entries.length) })}
        tools={(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} href={auditAddress(filter, { limit: exported, format })} download>
            {`${labels.export} ${format.toUpperCase()}`}
          </Button>
        ))}
      />
      <p className="muted gap-below">{labels.note}</p>
      <div className="admin-filters no-print">
        {names.map((name) => (
          <label key={name} htmlFor={`audit-${name}`}>
            {labels[name]}
            <Input
              id={`audit-${name}`}
              type={name === 'from' || name === 'to' ? 'date' : 'text'}
              allowClear
              maxLength={100}
              value={typed[name]}
              onChange={({ target }) => set(name, target.value)}
            />
          </label>
        ))}
      </div>
      {audit.error ? (
        <ProblemNotice error={audit.error} onRetry={() => void audit.refetch()} />
      ) : audit.data ? (
        <AuditTable entries={entries} />
      ) : (
        <div role="status" aria-label={text.loading}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {audit.hasNextPage && (
        <Button
          className="gap-above"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {text.admin.more}
        </Button>
      )}
    </>
  )
}

function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const { text } = useText()
  const labels = text.admin.audit
  if (entries.length === 0) return <EmptyState title={labels.none} next={labels.noneNext} />
  const columns: TableColumnsType<AuditEntry> = [
    { title: labels.at, responsive: ['md'], width: 150, render: (_, { at }) => dayAndTime(at) },
    {
      title: labels.actor,
      width: 150,
      render: (_, { actor, role, enterpriseId, at }) => (
        <span className="breakable">
          {actor}
          <span className="phone-only">{dayAndTime(at)}</span>
          <div className="muted">{`${roleName(role, text.roles)} ${enterpriseId ?? ''}`}</div>
        </span>
      ),
    },
    {
      title: labels.action,
      render: (_, { action, subject }) => {
        const [method = ''] = action.split(' ')
        return (
          <span className="breakable">
            {labels.verbs[method] ?? method} <code>{subject.replace('/api/v1', '')}</code>
          </span>
        )
      },
    },
    {
      title: labels.request,
      responsive: ['lg'],
      width: 340,
      render: (_, { requestId }) => <code className="muted">{requestId}</code>,
    },
  ]
  return (
    <Table
      aria-label={labels.table}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={entries}
      pagination={false}
    />
  )
}

function roleName(role: string, roles: Record<string, string>): string {
  return roles[role] ?? role
}
