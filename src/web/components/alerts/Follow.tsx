import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Warning } from '../../api.ts'
import { useAcknowledge, useAddSilence } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { failed } from './failed.tsx'
import { LabelledField } from './fields.tsx'
import { daysAfter, useToday } from './use-today.ts'

/** Takes a warning on, or gives it to somebody, with a note. */
export function Acknowledge({ warning }: { warning: Warning }) {
  const { text } = useText()
  const labels = text.alerts.warning
  const app = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const [owner, setOwner] = useState('')
  const [note, setNote] = useState('')
  const acknowledge = useAcknowledge(warning.id)
  const title = warning.acknowledged ? labels.acknowledgeAgain : labels.acknowledge
  const save = () =>
    acknowledge.mutate(
      { note: note.trim(), ...(owner.trim() && { owner: owner.trim() }) },
      {
        onSuccess: () => {
          setOpen(false)
          setNote('')
          void app.message.success(labels.saved)
        },
        onError: failed(app),
      },
    )
  return (
    <>
      <Button type={warning.acknowledged ? 'default' : 'primary'} onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Modal
        open={isOpen}
        title={title}
        okText={labels.save}
        cancelText={labels.cancel}
        confirmLoading={acknowledge.isPending}
        onOk={save}
        onCancel={() => setOpen(false)}
      >
        <div className="dialog-fields">
          <LabelledField label={labels.ownerField} help={labels.ownerHelp}>
            {(id, described) => (
              <Input
                id={id}
                {...described}
                maxLength={80}
                value={owner}
                onChange={({ target }) => setOwner(target.value)}
              />
            )}
          </LabelledField>
          <LabelledField label={labels.note}>
            {(id) => (
              <Input.TextArea
                id={id}
                rows={3}
                maxLength={2000}
                placeholder={labels.noteExample}
                value={note}
                onChange={({ target }) => setNote(target.value)}
              />
            )}
          </LabelledField>
        </div>
      </Modal>
    </>
  )
}

const suggestedDays = 30
const longestDays = 365

/** Stops the mails about one warning until a day. */
export function Silence({ warning }: { warning: Warning }) {
  const { text } = useText()
  const labels = text.alerts.warning
  const app = App.useApp()
  const today = useToday()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setUntil] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const add = useAddSilence()
  const until = chosen ?? (today && daysAfter(today, suggestedDays))
  const isAllowed = today !== '' && until > today && until <= daysAfter(today, longestDays)
  const matchers = Object.fromEntries([
    ['rule', warning.rule.id],
    ...warning.labels.map(({ name, code }) => [name, code]),
  ])
  const save = () =>
    add.mutate(
      { matchers, endsAt: new Date(`${until}T23:59:59`).toISOString(), note: note.trim() },
      {
        onSuccess: () => {
          setOpen(false)
          void app.message.success(labels.silencedNow)
        },
        onError: failed(app),
      },
    )
  return (
    <>
      <Button onClick={() => setOpen(true)}>{labels.silence}</Button>
      <Modal
        open={isOpen}
        title={labels.silence}
        okText={labels.addSilence}
        cancelText={labels.cancel}
        okButtonProps={{ disabled: !isAllowed }}
        confirmLoading={add.isPending}
        onOk={save}
        onCancel={() => setOpen(false)}
      >
        <p className="muted gap-below-small">{labels.silenceHelp}</p>
        <div className="dialog-fields">
          <LabelledField label={labels.until} problem={isAllowed ? null : labels.untilNeeded}>
            {(id, described) => (
              <Input
                id={id}
                {...described}
                type="date"
                min={today}
                value={until}
                onChange={({ target }) => setUntil(target.value)}
              />
            )}
          </LabelledField>
          <LabelledField label={labels.note}>
            {(id) => (
              <Input.TextArea
                id={id}
                rows={2}
                maxLength={2000}
                value={note}
                onChange={({ target }) => setNote(target.value)}
              />
            )}
          </LabelledField>
        </div>
      </Modal>
    </>
  )
}
