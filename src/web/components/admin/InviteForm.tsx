import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd'
import type { Role } from '../../../http/schema.ts'
import { type Invitation, useInvite } from '../../api-admin.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { FirmSelect } from './FirmSelect.tsx'

interface Person {
  name: string
  email: string
  role: Role
  enterpriseId?: string
}

const roles: Role[] = ['officer', 'enterprise', 'admin']

/** Invites a person by mail; where none was sent the link is shown once, to be handed over. */
export function InviteForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { text } = useText()
  const labels = text.admin.people
  const invite = useInvite()
  const close = () => {
    invite.reset()
    onClose()
  }
  return (
    <Modal open={open} title={labels.invite} onCancel={close} footer={null} destroyOnHidden>
      {invite.data ? (
        <Invited invitation={invite.data.data} onClose={close} />
      ) : (
        <Form<Person>
          layout="vertical"
          requiredMark={false}
          disabled={invite.isPending}
          initialValues={{ role: 'officer' }}
          onFinish={(person) => invite.mutate(person)}
        >
          <Form.Item name="name" label={labels.name} rules={[{ required: true, message: labels.nameNeeded }]}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item
            name="email"
            label={labels.email}
            rules={[{ required: true, type: 'email', message: labels.emailNeeded }]}
          >
            <Input type="email" autoComplete="off" />
          </Form.Item>
          <RoleFields />
          {invite.error && (
            <div className="gap-below">
              <ProblemNotice error={invite.error} />
            </div>
          )}
          <Button type="primary" htmlType="submit" loading={invite.isPending}>
            {labels.inviteSubmit}
          </Button>
        </Form>
      )}
    </Modal>
  )
}

/** A role, and for that of an enterprise which one. */
export function RoleFields() {
  const { text } = useText()
  const labels = text.admin.people
  const role = Form.useWatch('role')
  return (
    <>
      <Form.Item name="role" label={labels.role}>
        <Select options={roles.map((value) => ({ value, label: text.roles[value] }))} />
      </Form.Item>
      {role === 'enterprise' && (
        <Form.Item
          name="enterpriseId"
          label={labels.enterprise}
          rules={[{ required: true, message: labels.enterpriseNeeded }]}
        >
          <FirmSelect />
        </Form.Item>
      )}
    </>
  )
}

function Invited({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { text } = useText()
  const labels = text.admin.people
  const { email, link, mailed } = invitation
  return (
    <>
      <Alert
        type={mailed ? 'success' : 'warning'}
        showIcon
        role="status"
        title={labels.invited(email)}
        description={mailed ? labels.mailed : labels.notMailed}
      />
      {!mailed && (
        <Typography.Text
          className="admin-link"
          copyable={{ text: link, tooltips: [labels.copy, labels.copied] }}
        >
          {link}
        </Typography.Text>
      )}
      <Button className="gap-above" onClick={onClose}>
        {text.admin.close}
      </Button>
    </>
  )
}
