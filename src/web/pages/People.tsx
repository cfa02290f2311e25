import { Button, Grid, Input, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { type Account, useAccounts } from '../api-admin.ts'
import { type BouncedAddress, useBouncedAddresses } from '../api-alerts.ts'
import { Bounced } from '../components/admin/Bounced.tsx'
import { InviteForm } from '../components/admin/InviteForm.tsx'
import { PersonActions } from '../components/admin/PersonActions.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { day } from '../format.ts'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'

/** Who may sign in, as what; invitations, roles, lost second factors and ends. */
export function People() {
  const { text } = useText()
  const labels = text.admin.people
  const accounts = useAccounts()
  const [inviting, setInviting] = useState(false)
  const [words, setWords] = useState('')
  const people = accounts.data?.data
  const inState = (state: Account['state']) => people?.filter((one) => one.state === state).length ?? 0
  return (
    <>
      <PageHead
        title={text.admin.pages.people}
        {...(people && { answer: labels.answer(inState('active'), inState('invited')) })}
        tools={
          <>
            <Input
              className="admin-search"
              aria-label={labels.search}
              placeholder={labels.search}
              allowClear
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <Button type="primary" onClick={() => setInviting(true)}>
              {labels.invite}
            </Button>
          </>
        }
      />
      <Loaded query={accounts} rows={8}>
        {({ data }) => <PeopleTable people={data.filter((person) => fits(person, words))} />}
      </Loaded>
      <InviteForm open={inviting} onClose={() => setInviting(false)} />
    </>
  )
}

function fits({ name, email, enterpriseId }: Account, words: string): boolean {
  return `${name} ${email} ${enterpriseId ?? ''}`.toLowerCase().includes(words.trim().toLowerCase())
}

function PeopleTable({ people }: { people: Account[] }) {
  const { text } = useText()
  const labels = text.admin.people
  const { data: principal } = useSession()
  const phone = !(Grid.useBreakpoint().md ?? true)
  const bounced = new Map(useBouncedAddresses().data?.data.map((one) => [one.address, one]))
  const isOwn = ({ id }: Account) => id === principal?.accountId
  const columns: TableColumnsType<Account> = [
    {
      title: labels.name,
      render: (_, person) => <PersonName person={person} own={isOwn(person)} bounced={bounced} />,
    },
    {
      title: labels.role,
      responsive: ['md'],
      width: 150,
      render: (_, { role, enterpriseId }) => (
        <>
          {text.roles[role]}
          {enterpriseId && <div className="muted">{enterpriseId}</div>}
        </>
      ),
    },
    {
      title: labels.state,
      responsive: ['md'],
      width: 110,
      render: (_, { state }) => <span className={`state ${state}`}>{labels.states[state]}</span>,
    },
    {
      title: labels.secondFactor,
      responsive: ['md'],
      width: 110,
      render: (_, { secondFactor }) => (secondFactor ? labels.on : labels.off),
    },
    { title: labels.since, responsive: ['md'], width: 120, render: (_, { createdAt }) => day(createdAt) },
    {
      title: text.admin.change,
      width: phone ? 130 : 220,
      render: (_, person) => (isOwn(person) ? null : <PersonActions person={person} />),
    },
  ]
  if (people.length === 0) return <EmptyState title={labels.none} next={labels.noneNext} />
  return (
    <Table
      aria-label={labels.table}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={people}
      pagination={people.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
    />
  )
}

interface PersonNameProps {
  person: Account
  own: boolean
  /** By address, in small letters as accounts have it. */
  bounced: ReadonlyMap<string, BouncedAddress>
}

function PersonName({ person, own, bounced }: PersonNameProps) {
  const { text } = useText()
  const { name, email, role, enterpriseId, state } = person
  const labels = text.admin.people
  const returned = bounced.get(email)
  return (
    <div className="breakable">
      {name}
      {own && <span className="muted">{labels.you}</span>}
      <br />
      <span className="muted">{email}</span>
      <span className="phone-only muted">
        {`${text.roles[role]} ${enterpriseId ?? ''} · ${labels.states[state]}`}
      </span>
      {returned && <Bounced {...returned} />}
    </div>
  )
}
