import { Alert, App, Button, Popconfirm, Typography } from 'antd'
import { useCalendarFeed, useDropFeed, useGiveFeed } from '../../api-alerts.ts'
import { day, dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { Loaded } from '../Loaded.tsx'
import { Section } from '../Section.tsx'
import { failed } from './failed.tsx'

/** The dates as a file, and an address at which a calendar program reads them by itself. */
export function CalendarFeed() {
  const { text } = useText()
  const labels = text.recipients.calendar
  const feed = useCalendarFeed()
  const give = useGiveFeed()
  const address = give.data?.data.address
  return (
    <Section title={labels.title}>
      <p className="gap-below-small">{labels.help}</p>
      {address && (
        <Alert
          type="success"
          className="gap-below"
          title={labels.shownOnce}
          description={
            <Typography.Text
              code
              className="breakable"
              aria-label={labels.address}
              copyable={{ text: address, tooltips: [labels.copy, labels.copied] }}
            >
              {address}
            </Typography.Text>
          }
        />
      )}
      <Loaded query={feed} rows={1}>
        {({ data }) => (
          <>
            {data && !address && (
              <p className="muted gap-below-small">
                {labels.since(day(data.createdAt))}{' '}
                {data.lastUsedAt ? labels.used(dayAndTime(data.lastUsedAt)) : labels.unused}
              </p>
            )}
            <FeedButtons has={data !== null} give={give} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function FeedButtons({ has, give }: { has: boolean; give: ReturnType<typeof useGiveFeed> }) {
  const { text } = useText()
  const labels = text.recipients.calendar
  const app = App.useApp()
  const drop = useDropFeed()
  const onGive = () => give.mutate(undefined, { onError: failed(app) })
  const onDrop = () =>
    drop.mutate(undefined, {
      onSuccess: () => {
        give.reset()
        void app.message.success(labels.dropped)
      },
      onError: failed(app),
    })
  return (
    <div className="tools">
      {has ? (
        <>
          <Popconfirm
            title={labels.anewAsk}
            description={labels.anewEffect}
            okText={labels.giveAnew}
            cancelText={text.recipients.cancel}
            onConfirm={onGive}
          >
            <Button loading={give.isPending}>{labels.giveAnew}</Button>
          </Popconfirm>
          <Popconfirm
            title={labels.dropAsk}
            description={labels.dropEffect}
            okText={labels.drop}
            cancelText={text.recipients.cancel}
            onConfirm={onDrop}
          >
            <Button danger loading={drop.isPending}>
              {labels.drop}
            </Button>
          </Popconfirm>
        </>
      ) : (
        <Button type="primary" loading={give.isPending} onClick={onGive}>
          {labels.give}
        </Button>
      )}
      <a href="/api/v1/warnings/calendar.ics" download="tradewind.ics">
        {labels.file}
      </a>
    </div>
  )
}
