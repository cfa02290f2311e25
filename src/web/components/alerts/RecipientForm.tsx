import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { type Subscription, useAddRecipient, useChangeRecipient, type Wanted } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { LabelledField } from './fields.tsx'
import { usualWanted, WantedFields, wantedIn } from './WantedFields.tsx'

/** Enters an address that has no account, or changes what a recipient gets. */
export function RecipientForm({ edited, onClose }: { edited: Subscription | 'new'; onClose: () => void }) {
  const { text } = useText()
  const labels = text.recipients
  const app = App.useApp()
  const isNew = edited === 'new'
  const [who, setWho] = useState({ name: '', email: '' })
  const [wanted, setWanted] = useState<Wanted>(() =>
    isNew ? { ...usualWanted, namesEnterprises: false } : wantedIn(edited),
  )
  const add = useAddRecipient()
  const change = useChangeRecipient()
  const problem = add.error ?? change.error
  const onSuccess = () => {
    void app.message.success(labels.saved)
    onClose()
  }
  const save = () =>
    isNew
      ? add.mutate({ ...wanted, ...who }, { onSuccess })
      : change.mutate({ id: edited.id, wanted }, { onSuccess })
  const complete = wanted.severities.length > 0 && (!isNew || (who.name !== '' && who.email !== ''))
  return (
    <Modal
      open
      width={720}
      title={isNew ? labels.addTitle : labels.editOf(edited.name ?? edited.email)}
      onCancel={onClose}
      footer={null}
    >
      {isNew && (
        <>
          <p className="muted gap-below-small">{labels.addHelp}</p>
          <div className="choices">
            <LabelledField label={labels.name}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={80}
                  value={who.name}
                  onChange={({ target }) => setWho((before) => ({ ...before, name: target.value }))}
                />
              )}
            </LabelledField>
            <LabelledField label={labels.email}>
              {(id) => (
                <Input
                  id={id}
                  type="email"
                  autoComplete="off"
                  maxLength={320}
                  value={who.email}
                  onChange={({ target }) => setWho((before) => ({ ...before, email: target.value.trim() }))}
                />
              )}
            </LabelledField>
          </div>
        </>
      )}
      <WantedFields
        wanted={wanted}
        ofFirm={!isNew && edited.enterpriseId !== null}
        onChange={(changes) => setWanted((before) => ({ ...before, ...changes }))}
      />
      {problem && (
        <div className="gap-below">
          <ProblemNotice error={problem} />
        </div>
      )}
      <Button type="primary" disabled={!complete} loading={add.isPending || change.isPending} onClick={save}>
        {labels.save}
      </Button>
    </Modal>
  )
}
