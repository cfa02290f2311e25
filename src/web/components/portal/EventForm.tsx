import { Form, Input, InputNumber } from 'antd'
import { type TrainingEvent, useChange } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { instantOf, localOf } from './audience.ts'
import { FormDialog, useNeeded } from './FormDialog.tsx'

type Typed = Pick<
  TrainingEvent,
  'title' | 'body' | 'place' | 'districts' | 'chapters' | 'startsAt' | 'deadline' | 'capacity'
>

/** A training event as the bureau publishes or corrects it; times are those of the reader's own zone. */
export function EventForm({ event, onClose }: { event: TrainingEvent | null; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.events
  const change = useChange()
  const needed = useNeeded()
  const initial = event
    ? { ...event, startsAt: localOf(event.startsAt), deadline: localOf(event.deadline) }
    : { districts: [], chapters: [], capacity: 50 }
  return (
    <FormDialog<Typed>
      title={event ? labels.changeEvent : labels.newEvent}
      initial={initial}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ title, body, place, districts, chapters, startsAt, deadline, capacity }) =>
        change.mutate(
          {
            method: event ? 'PUT' : 'POST',
            path: event ? `/events/${event.id}` : '/events',
            body: {
              ...{ title: title.trim(), body, place: place.trim(), districts, chapters, capacity },
              ...{ startsAt: instantOf(startsAt), deadline: instantOf(deadline) },
            },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item name="title" label={labels.heading} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="body" label={labels.body} rules={needed}>
        <Input.TextArea rows={4} maxLength={5000} />
      </Form.Item>
      <Form.Item name="place" label={labels.place} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="portal-pair">
        <Form.Item name="startsAt" label={labels.starts} rules={needed}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="deadline" label={labels.deadline} rules={needed}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item
        name="capacity"
        label={labels.capacity}
        rules={[{ required: true, message: text.portal.needed }]}
      >
        <InputNumber min={1} max={100_000} precision={0} />
      </Form.Item>
      <AudienceFields />
    </FormDialog>
  )
}
