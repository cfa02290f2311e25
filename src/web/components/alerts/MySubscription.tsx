import { Alert, App, Button, Checkbox, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { Subscription } from '../../api-alerts.ts'
import { useSubscribe, useSubscriptions, useUnsubscribe } from '../../api-alerts.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import { Loaded } from '../Loaded.tsx'
import { PageHead } from '../PageHead.tsx'
import { Section } from '../Section.tsx'
import { AlertTabs } from './AlertTabs.tsx'
import { failed } from './failed.tsx'
import { FieldGroup, LabelledField } from './fields.tsx'

const severities = ['critical', 'warning', 'info'] as const
const topics = ['fall', 'surge', 'friction', 'band'] as const

type Wanted = Parameters<ReturnType<typeof useSubscribe>['mutate']>[0]

const unsaid: Wanted = {
  language: 'zh',
  severities: [...severities],
  topics: [],
  remindAfterDays: 30,
  active: true,
  escalations: false,
  districts: [],
  namesEnterprises: true,
}

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
  const labels = text.alerts.subscription
  const [wanted, setWanted] = useState<Wanted>(() => ({ ...(own ? chosenIn(own) : unsaid), active: true }))
  const change = (changes: Partial<Wanted>) => setWanted((before) => ({ ...before, ...changes }))
  return (
    <Section title={labels.title}>
      <State own={own} />
      <div className="choices">
        <FieldGroup label={labels.language}>
          <Segmented
            aria-label={labels.language}
            value={wanted.language}
            onChange={(language) => change({ language })}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: labels.languages[value] }))}
          />
        </FieldGroup>
        <FieldGroup label={labels.severities}>
          <Checkbox.Group
            value={wanted.severities}
            onChange={(values) => change({ severities: severities.filter((each) => values.includes(each)) })}
            options={severities.map((value) => ({ value, label: text.warnings.severities[value] }))}
          />
        </FieldGroup>
        <FieldGroup label={labels.topics}>
          <Checkbox.Group
            value={wanted.topics}
            onChange={(values) => change({ topics: topics.filter((each) => values.includes(each)) })}
            options={topics.map((value) => ({ value, label: text.alerts.topics[value] }))}
          />
        </FieldGroup>
        {isOfficer && (
          <LabelledField label={labels.districts} help={labels.districtsHelp}>
            {(id) => (
              <Select
                id={id}
                mode="tags"
                open={false}
                suffixIcon={null}
                value={wanted.districts}
                onChange={(districts: string[]) => change({ districts })}
              />
            )}
          </LabelledField>
        )}
        <LabelledField label={labels.remind}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={366}
              precision={0}
              value={wanted.remindAfterDays}
              onChange={(value) => change({ remindAfterDays: value ?? 30 })}
            />
          )}
        </LabelledField>
      </div>
      {isOfficer && (
        <div className="choices">
          <Checkbox
            checked={wanted.namesEnterprises}
            onChange={({ target }) => change({ namesEnterprises: target.checked })}
          >
            {labels.names}
          </Checkbox>
          <Checkbox
            checked={wanted.escalations}
            onChange={({ target }) => change({ escalations: target.checked })}
          >
            {labels.escalations}
          </Checkbox>
        </div>
      )}
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

function CalendarFeed() {
  const { text } = useText()
  const labels = text.alerts.subscription
  const feed = '/api/v1/warnings/calendar.ics'
  return (
    <Section title={labels.calendar}>
      <p>{labels.calendarHelp}</p>
      <p className="breakable gap-below-small">
        <code>{`${location.origin}${feed}`}</code>
      </p>
      <a href={feed} download="tradewind.ics">
        {labels.calendarFile}
      </a>
    </Section>
  )
}

function chosenIn(own: Subscription): Wanted {
  const { language, severities: chosen, topics: about, remindAfterDays, active, escalations } = own
  const { districts, namesEnterprises } = own
  return {
    language,
    severities: chosen,
    topics: about,
    remindAfterDays,
    active,
    escalations,
    districts,
    namesEnterprises,
  }
}
