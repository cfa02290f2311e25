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
  const open = events.data?.data.filter(({ state }) => state === 'open').length
  const answer =
    notices.data && open !== undefined ? labels.answer(notices.data.data.length, open) : undefined
  return (
    <>
      <PageHead title={labels.title} {...(answer !== undefined && { answer })} />
      <div className="columns">
        <Loaded query={notices} rows={6}>
          {({ data }) => <NoticeList notices={data} editor={firm === null} />}
        </Loaded>
        <Loaded query={events} rows={6}>
          {({ data }) => <EventList events={data} firm={firm} />}
        </Loaded>
      </div>
    </>
  )
}
