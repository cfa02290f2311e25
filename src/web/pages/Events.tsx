import { Button } from 'antd'
import { useEvents, useNotices } from '../api-portal.ts'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { EventList } from '../components/portal/EventList.tsx'
import { NoticeList } from '../components/portal/NoticeList.tsx'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'
import '../styles/portal.css'

/** What the bureau tells and teaches: a firm reads and signs up, the bureau writes and sees who comes. */
export function Events() {
  const { text } = useText()
  const labels = text.portal.events
  const { data: principal } = useSession()
  const notices = useNotices()
  const events = useEvents()
  const firm = principal?.enterpriseId ?? null
  const total = notices.data?.pages.at(-1)?.meta.total
  const open = events.data?.pages.at(-1)?.meta.open
  const answer = total !== undefined && open !== undefined ? labels.answer(total, open) : undefined
  return (
    <>
      <PageHead title={labels.title} {...(answer !== undefined && { answer })} />
      <div className="columns">
        <div>
          <Loaded query={notices} rows={6}>
            {({ pages }) => <NoticeList notices={pages.flatMap(({ data }) => data)} editor={firm === null} />}
          </Loaded>
          <Earlier label={labels.earlierNotices} list={notices} />
        </div>
        <div>
          <Loaded query={events} rows={6}>
            {({ pages }) => <EventList events={pages.flatMap(({ data }) => data)} firm={firm} />}
          </Loaded>
          <Earlier label={labels.earlierEvents} list={events} />
        </div>
      </div>
    </>
  )
}

interface EarlierProps {
  label: string
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

function Earlier({ label, list }: EarlierProps) {
  if (!list.hasNextPage) return null
  return (
    <Button className="gap-above" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {label}
    </Button>
  )
}
