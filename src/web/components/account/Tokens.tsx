import { Alert, Button, Checkbox, Form, Input, Modal, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import { type NewToken, type Token, useMakeToken, useRevokeToken, useTokens } from '../../api-account.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { RoleFields } from '../admin/InviteForm.tsx'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { Section } from '../Section.tsx'
import { AgainProblem } from './AgainProblem.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'

type Filled = Omit<NewToken, 'scope'> & { readOnly: boolean }

/** The tokens that work, made and revoked by administrators. */
export function Tokens() {
  const labels = useText().text.account.own.tokens
  const tokens = useTokens()
  const [making, setMaking] = useState(false)
  return (
    <Section title={labels.title} extra={<Button onClick={() => setMaking(true)}>{labels.make}</Button>}>
      <Loaded query={tokens} rows={3}>
        {({ data }) => <TokenList tokens={data.filter(({ revokedAt }) => revokedAt === null)} />}
      </Loaded>
      {making && <TokenForm onClose={() => setMaking(false)} />}
    </Section>
  )
}

function TokenList({ tokens }: { tokens: Token[] }) {
  const { text } = useText()
  const labels = text.account.own.tokens
  const revoke = useRevokeToken()
  if (tokens.length === 0) return <p className="muted">{labels.none}</p>
  return (
    <>
      {revoke.error && <ProblemNotice error={revoke.error} />}
      <ul className="account-tokens">
        {tokens.map(({ id, name, role, enterpriseId, scope, createdAt, expiresAt }) => (
          <li key={id}>
            <span className="breakable">
              {name}
              <span className="muted">
                {[
                  text.roles[role],
                  enterpriseId,
                  labels.scopes[scope],
                  labels.since(day(createdAt), expiresAt && day(expiresAt)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <Popconfirm
              title={labels.revokeAsk(name)}
              okText={labels.revoke}
              okButtonProps={{ danger: true }}
              cancelText={text.admin.cancel}
              onConfirm={() => revoke.mutateAsync(id).catch(() => {})}
            >
              <Button type="link" danger size="small" aria-label={`${labels.revoke} ${name}`}>
                {labels.revoke}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </>
  )
}

function TokenForm({ onClose }: { onClose: () => void }) {
  const { text } = useText()
  const labels = text.account.own.tokens
  const make = useMakeToken()
  return (
    <Modal open title={labels.make} onCancel={onClose} footer={null}>
      {make.data ? (
        <Made token={make.data.data.token} onClose={onClose} />
      ) : (
        <Form<Filled>
          layout="vertical"
          requiredMark={false}
          disabled={make.isPending}
          initialValues={{ role: 'officer', readOnly: true }}
          onFinish={({ readOnly, ...token }) => make.mutate({ ...token, scope: readOnly ? 'read' : 'write' })}
        >
          <Form.Item name="name" label={labels.name} rules={[{ required: true, message: labels.nameNeeded }]}>
            <Input maxLength={200} autoFocus autoComplete="off" />
          </Form.Item>
          <RoleFields />
          <Form.Item name="readOnly" valuePropName="checked">
            <Checkbox>{labels.readOnly}</Checkbox>
          </Form.Item>
          <PasswordAgain />
          <AgainProblem error={make.error} />
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {labels.make}
          </Button>
        </Form>
      )}
    </Modal>
  )
}

function Made({ token, onClose }: { token: string; onClose: () => void }) {
  const { text } = useText()
  const { copy, copied } = text.admin.people
  return (
    <>
      <Alert type="success" showIcon role="status" title={text.account.own.tokens.made} />
      <Typography.Text className="account-token" code copyable={{ tooltips: [copy, copied] }}>
        {token}
      </Typography.Text>
      <Button className="gap-above" onClick={onClose}>
        {text.admin.close}
      </Button>
    </>
  )
}
