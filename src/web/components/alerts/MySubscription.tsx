import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import type { Subscription, Wanted } from '../../api-alerts.ts'
import { useSubscribe, useSubscriptions, useUnsubscribe } from '../../api-alerts.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import { Loaded } from '../Loaded.tsx'
import { PageHead } from '../PageHead.tsx'
import { Section } from '../Section.tsx'
import { AlertTabs } from './AlertTabs.tsx'
import { CalendarFeed } from './CalendarFeed.tsx'
import { failed } from './failed.tsx'
import { usualWanted, WantedFields, wantedIn } from './WantedFields.tsx'

/** What one is mailed, and the calendar. */
export function MySubscription() {
  const { text } = useText()
  const { data: principal } = useSession()
  const isOfficer = principal?.role !== 'enterprise'
  const subscriptions = useSubscriptions()
  return (
    <>
      <PageHead title={text.alerts.tabs.subscription} />
      {isOfficer && <AlertTabs />}
      <Loaded query={subscriptions}>
        {({ data }) => <Editor own={data.find(({ own }) => own) ?? null} isOfficer={isOfficer} />}
      </Loaded>
      {isOfficer && <CalendarFeed />}
    </>
  )
}

function Editor({ own, isOfficer }: { own: Subscription | null; isOfficer: boolean }) {
  const { text } = useText()
  const [wanted, setWanted] = useState<Wanted>(() => ({
    ...(own ? wantedIn(own) : usualWanted),
    active: true,
  }))
  return (
    <Section title={text.alerts.subscription.title}>
      <State own={own} />
      <WantedFields
        wanted={wanted}
        ofFirm={!isOfficer}
        onChange={(changes) => setWanted((before) => ({ ...before, ...changes }))}
      />
      <Buttons wanted={wanted} isOn={own?.active === true} />
    </Section>
  )
}

/** Where the mails go and whether they arrive. */
function State({ own }: { own: Subscription | null }) {
  const { text } = useText()
  const labels = text.alerts.subscription
  if (own === null) return <p className="note">{labels.none}</p>
  return (
    <>
      <p className="muted gap-below-small">{labels.asked(own.email)}</p>
      {!own.active && <p className="note">{labels.off}</p>}
      {own.bounced && (
        <Alert
          type="error"
          showIcon
          className="gap-below"
          title={labels.bounced(day(own.bounced.at), own.bounced.diagnostic)}
        />
      )}
    </>
  )
}

function Buttons({ wanted, isOn }: { wanted: Wanted; isOn: boolean }) {
  const { text } = useText()
  const labels = text.alerts.subscription
  const app = App.useApp()
  const subscribe = useSubscribe()
  const unsubscribe = useUnsubscribe()
  const leave = () =>
    app.modal.confirm({
      title: labels.unsubscribe,
      content: labels.reallyUnsubscribe,
      okText: labels.unsubscribe,
      cancelText: text.alerts.warning.cancel,
      onOk: () =>
        unsubscribe
          .mutateAsync(undefined)
          .then(() => void app.message.success(labels.unsubscribed), failed(app)),
    })
  return (
    <div className="tools">
      <Button
        type="primary"
        loading={subscribe.isPending}
        disabled={wanted.severities.length === 0}
        onClick={() =>
          subscribe.mutate(wanted, {
            onSuccess: () => void app.message.success(labels.saved),
            onError: failed(app),
          })
        }
      >
        {labels.save}
      </Button>
      {isOn && (
        <Button danger onClick={leave}>
          {labels.unsubscribe}
        </Button>
      )}
    </div>
  )
}
