import { Button } from 'antd'
import { useState } from 'react'
import type { TrainingEvent } from '../../api-portal.ts'
import { dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Section } from '../Section.tsx'
import { audienceText } from './audience.ts'
import { EditButton } from './EditButton.tsx'
import { EventForm } from './EventForm.tsx'
import { Mark } from './Mark.tsx'
import { RemoveButton } from './RemoveButton.tsx'
import { SignUpForm } from './SignUpForm.tsx'
import { SignUpList } from './SignUpList.tsx'

/** Training events: with a firm to sign up for, without one to publish and to see who comes. */
export function EventList({ events, firm }: { events: TrainingEvent[]; firm: string | null }) {
  const { text } = useText()
  const labels = text.portal.events
  const [editing, edit] = useState<TrainingEvent | 'new' | null>(null)
  return (
    <Section
      title={labels.trainings}
      extra={
        firm === null && (
          <Button type="primary" onClick={() => edit('new')}>
            {labels.newEvent}
          </Button>
        )
      }
    >
      {events.length === 0 ? (
        <EmptyState title={labels.noTrainings} />
      ) : (
        <ul className="portal-list">
          {events.map((event) => (
            <li key={event.id}>
              <Described event={event} firm={firm} />
              {firm === null ? (
                <BureauActions event={event} onEdit={() => edit(event)} />
              ) : (
                <FirmActions event={event} firm={firm} />
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <EventForm event={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </Section>
  )
}

function Described({ event, firm }: { event: TrainingEvent; firm: string | null }) {
  const { text } = useText()
  const labels = text.portal.events
  return (
    <>
      <h3>
        {event.title} <Mark state={event.state}>{labels.states[event.state]}</Mark>
      </h3>
      <dl className="facts">
        <dt>{labels.starts}</dt>
        <dd>{dayAndTime(event.startsAt)}</dd>
        <dt>{labels.place}</dt>
        <dd>{event.place}</dd>
        <dt>{labels.deadline}</dt>
        <dd>{dayAndTime(event.deadline)}</dd>
        <dt>{labels.capacity}</dt>
        <dd>{labels.free(event.free, event.capacity)}</dd>
        {firm === null && (
          <>
            <dt>{labels.audience}</dt>
            <dd>{audienceText(event, text)}</dd>
          </>
        )}
      </dl>
      <p className="portal-text">{event.body}</p>
    </>
  )
}

function BureauActions({ event, onEdit }: { event: TrainingEvent; onEdit: () => void }) {
  const { text } = useText()
  const labels = text.portal.events
  const [listing, list] = useState(false)
  return (
    <div className="portal-actions">
      <Button
        size="small"
        onClick={() => list(true)}
        aria-label={`${labels.list}${text.colon}${event.title}`}
      >
        {labels.list}
      </Button>
      <EditButton name={event.title} onClick={onEdit} />
      {event.state !== 'cancelled' && event.state !== 'past' && (
        <RemoveButton
          path={`/events/${event.id}`}
          name={event.title}
          label={labels.cancelEvent}
          sure={labels.cancelSure}
        />
      )}
      {listing && <SignUpList event={event} onClose={() => list(false)} />}
    </div>
  )
}

function FirmActions({ event, firm }: { event: TrainingEvent; firm: string }) {
  const { text } = useText()
  const labels = text.portal.events
  const [signing, sign] = useState(false)
  const mayChange = event.state === 'open' || (event.state === 'full' && event.own !== null)
  return (
    <div className="portal-actions">
      {event.own && <strong>{labels.signedUp(event.own.people, event.own.contact)}</strong>}
      {mayChange && (
        <Button
          size="small"
          type={event.own ? 'default' : 'primary'}
          onClick={() => sign(true)}
          aria-label={`${event.own ? labels.changeSignUp : labels.signUp}${text.colon}${event.title}`}
        >
          {event.own ? labels.changeSignUp : labels.signUp}
        </Button>
      )}
      {event.own && event.state !== 'past' && event.state !== 'cancelled' && (
        <RemoveButton
          path={`/enterprises/${firm}/sign-ups/${event.id}`}
          name={event.title}
          label={labels.withdraw}
          sure={labels.withdrawSure}
        />
      )}
      {signing && <SignUpForm firm={firm} event={event} onClose={() => sign(false)} />}
    </div>
  )
}
