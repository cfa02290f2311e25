import { Button, Form, Modal, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import type { Role } from '../../../http/schema.ts'
import { type Account, useChangeRole, useDisable, useResetFactor } from '../../api-admin.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { RoleFields } from './InviteForm.tsx'

/** What an administrator may do with a person: another role, a lost second factor, an end. */
export function PersonActions({ person }: { person: Account }) {
  const { text } = useText()
  const labels = text.admin.people
  const [changing, setChanging] = useState(false)
  const disable = useDisable()
  const reset = useResetFactor()
  const failure = disable.error ?? reset.error
  return (
    <>
      <Space wrap size={0} aria-label={labels.actionsOf(person.name)} role="group">
        <Button type="link" size="small" onClick={() => setChanging(true)}>
          {text.admin.change}
        </Button>
        {person.secondFactor && (
          <Popconfirm
            title={labels.resetFactorAsk(person.name)}
            description={labels.resetFactorEffect}
            okText={labels.resetFactor}
            cancelText={text.admin.cancel}
            onConfirm={() => reset.mutateAsync(person.id).catch(() => {})}
          >
            <Button type="link" size="small" loading={reset.isPending}>
              {labels.resetFactor}
            </Button>
          </Popconfirm>
        )}
        {person.state !== 'disabled' && (
          <Popconfirm
            title={labels.disableAsk(person.name)}
            description={labels.disableEffect}
            okText={labels.disable}
            okButtonProps={{ danger: true }}
            cancelText={text.admin.cancel}
            onConfirm={() => disable.mutateAsync(person.id).catch(() => {})}
          >
            <Button type="link" danger size="small" loading={disable.isPending}>
              {labels.disable}
            </Button>
          </Popconfirm>
        )}
      </Space>
      {failure && <ProblemNotice error={failure} />}
      {changing && <RoleForm person={person} onClose={() => setChanging(false)} />}
    </>
  )
}

function RoleForm({ person, onClose }: { person: Account; onClose: () => void }) {
  const { text } = useText()
  const change = useChangeRole()
  const { id, name, role, enterpriseId } = person
  return (
    <Modal open title={text.admin.people.changeRole(name)} onCancel={onClose} footer={null}>
      <Form<{ role: Role; enterpriseId?: string }>
        layout="vertical"
        requiredMark={false}
        disabled={change.isPending}
        initialValues={{ role, ...(enterpriseId && { enterpriseId }) }}
        onFinish={(body) => change.mutate({ id, ...body }, { onSuccess: onClose })}
      >
        <RoleFields />
        {change.error && (
          <div className="gap-below">
            <ProblemNotice error={change.error} />
          </div>
        )}
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {text.admin.save}
        </Button>
      </Form>
    </Modal>
  )
}
