import { App, Button, Popconfirm, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import {
  type Subscription,
  useChangeRecipient,
  useRemoveRecipient,
  useSubscriptions,
} from '../../api-alerts.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import type { Text } from '../../text/zh.ts'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { PageHead } from '../PageHead.tsx'
import { ScrollBox } from '../ScrollBox.tsx'
import { AlertTabs } from './AlertTabs.tsx'
import { failed } from './failed.tsx'
import { RecipientForm } from './RecipientForm.tsx'
import { wantedIn } from './WantedFields.tsx'

/** Who is mailed what, and who ended it: officers see addresses without an account, administrators everyone, and change it. */
export function Recipients() {
  const { text } = useText()
  const labels = text.recipients
  const { data: principal } = useSession()
  const isAdmin = principal?.role === 'admin'
  const subscriptions = useSubscriptions()
  const [edited, setEdited] = useState<Subscription | 'new' | null>(null)
  const rows = subscriptions.data?.data
  const on = rows?.filter(isMailed).length ?? 0
  return (
    <>
      <PageHead
        title={text.alerts.tabs.recipients}
        {...(rows && isAdmin && { answer: labels.answer(on, rows.length - on) })}
        tools={
          isAdmin && (
            <Button type="primary" onClick={() => setEdited('new')}>
              {labels.add}
            </Button>
          )
        }
      />
      <AlertTabs />
      <Loaded query={subscriptions}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.none} next={labels.noneNext} />
          ) : (
            <RecipientTable recipients={data} onEdit={isAdmin ? setEdited : null} />
          )
        }
      </Loaded>
      {edited && <RecipientForm edited={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function isMailed({ active, bounced }: Subscription): boolean {
  return active && bounced === null
}

interface TableProps {
  recipients: Subscription[]
  /** Null for who may only look. */
  onEdit: ((recipient: Subscription) => void) | null
}

function RecipientTable({ recipients, onEdit }: TableProps) {
  const { text } = useText()
  const labels = text.recipients
  const columns: TableColumnsType<Subscription> = [
    {
      title: labels.who,
      render: (_, { name, email, role }) => (
        <>
          <strong>{name ?? email}</strong>
          <div className="muted breakable">
            {email}
            {role && ` · ${text.roles[role]}`}
          </div>
        </>
      ),
    },
    { title: labels.state, width: 200, render: (_, recipient) => stateText(recipient, text) },
    { title: labels.wanted, render: (_, recipient) => wantedText(recipient, text) },
  ]
  if (onEdit)
    columns.push({
      title: labels.change,
      width: 210,
      render: (_, recipient) => <Changes recipient={recipient} onEdit={onEdit} />,
    })
  return (
    <ScrollBox label={text.tableOf(labels.table)}>
      <Table<Subscription>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={recipients}
        pagination={recipients.length > 50 && { pageSize: 50, showSizeChanger: false }}
        className="wide-table"
      />
    </ScrollBox>
  )
}

function wantedText(recipient: Subscription, { alerts, warnings, recipients: labels, comma }: Text): string {
  const { severities, topics, districts, enterpriseId, namesEnterprises, language } = recipient
  return [
    severities.map((severity) => warnings.severities[severity]).join(comma),
    topics.length === 0 ? labels.allTopics : topics.map((topic) => alerts.topics[topic]).join(comma),
    ...(districts.length > 0 ? [labels.districts(districts.join(' '))] : []),
    ...(enterpriseId ? [labels.ofFirm(enterpriseId)] : []),
    ...(namesEnterprises ? [] : [labels.withoutNames]),
    alerts.subscription.languages[language],
  ].join(' · ')
}

function stateText({ active, bounced, unsubscribedAt }: Subscription, { recipients: labels }: Text) {
  if (unsubscribedAt) return <strong>{labels.unsubscribed(day(unsubscribedAt))}</strong>
  if (!active) return <span className="muted">{labels.off}</span>
  if (bounced)
    return (
      <span className="bad">{labels.bounced(day(bounced.at), bounced.diagnostic || bounced.status)}</span>
    )
  return labels.on
}

function Changes({ recipient, onEdit }: { recipient: Subscription; onEdit: (one: Subscription) => void }) {
  const { text } = useText()
  const labels = text.recipients
  const app = App.useApp()
  const change = useChangeRecipient()
  const remove = useRemoveRecipient()
  const { id, active, email, role, unsubscribedAt } = recipient
  const name = recipient.name ?? email
  const turn = (on: boolean) =>
    change.mutate(
      { id, wanted: { ...wantedIn(recipient), active: on } },
      { onSuccess: () => void app.message.success(labels.saved), onError: failed(app) },
    )
  const onSwitch = (
    <Button
      size="small"
      aria-label={active ? labels.switchOffOf(name) : labels.switchOnOf(name)}
      loading={change.isPending}
      {...(unsubscribedAt ? {} : { onClick: () => turn(!active) })}
    >
      {active ? labels.switchOff : labels.switchOn}
    </Button>
  )
  return (
    <div className="tools">
      <Button size="small" aria-label={labels.editOf(name)} onClick={() => onEdit(recipient)}>
        {labels.edit}
      </Button>
      {unsubscribedAt ? (
        <Popconfirm
          title={labels.againAsk(email)}
          okText={labels.switchOn}
          cancelText={labels.cancel}
          onConfirm={() => turn(true)}
        >
          {onSwitch}
        </Popconfirm>
      ) : (
        onSwitch
      )}
      {role === null && (
        <Popconfirm
          title={labels.removeAsk(email)}
          description={labels.removeEffect}
          okText={labels.remove}
          cancelText={labels.cancel}
          onConfirm={() =>
            remove.mutate(id, {
              onSuccess: () => void app.message.success(labels.removed),
              onError: failed(app),
            })
          }
        >
          <Button size="small" danger aria-label={labels.removeOf(name)}>
            {labels.remove}
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}
