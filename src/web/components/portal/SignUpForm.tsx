import { Form, Input, InputNumber } from 'antd'
import { type TrainingEvent, useChange } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'

interface Typed {
  people: number
  contact: string
  phone: string
}

/** How many come, and whom to call. */
export function SignUpForm(props: { firm: string; event: TrainingEvent; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.events
  const { firm, event, onClose } = props
  const change = useChange()
  const needed = useNeeded()
  return (
    <FormDialog<Typed>
      title={`${event.own ? labels.changeSignUp : labels.signUp}${text.colon}${event.title}`}
      initial={event.own ?? { people: 1 }}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ people, contact, phone }) =>
        change.mutate(
          {
            method: 'PUT',
            path: `/enterprises/${firm}/sign-ups/${event.id}`,
            body: { people, contact: contact.trim(), phone: phone.trim() },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item
        name="people"
        label={labels.people}
        rules={[{ required: true, message: text.portal.needed }]}
      >
        <InputNumber min={1} max={20} precision={0} />
      </Form.Item>
      <Form.Item name="contact" label={labels.contact} rules={needed}>
        <Input maxLength={200} autoComplete="name" />
      </Form.Item>
      <Form.Item name="phone" label={labels.phone} rules={needed}>
        <Input maxLength={30} type="tel" autoComplete="tel" />
      </Form.Item>
    </FormDialog>
  )
}
