import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSetPassword } from '../api-admin.ts'
import { Card } from '../components/account/Card.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { useText } from '../language.tsx'
import { isSignedOut } from '../session.ts'

/** Where the links of invitations and resets lead; the token is behind the fragment, which no server sees. */
export function SetPassword() {
  const { text } = useText()
  const labels = text.account.setPage
  const [token] = useState(takeToken)
  const set = useSetPassword()
  return (
    <Card title={labels.title} reason={labels.reason} back>
      {set.isSuccess ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={labels.done}
          description={
            <Link to="/sign-in">
              <Button type="primary">{labels.doneNext}</Button>
            </Link>
          }
        />
      ) : token === '' ? (
        <Unusable title={labels.noToken} next={labels.noTokenNext} />
      ) : set.error && isSignedOut(set.error) ? (
        <Unusable title={labels.over} next={labels.overNext} />
      ) : (
        <PasswordForm
          pending={set.isPending}
          error={set.error}
          onSubmit={(password) => set.mutate({ token, password })}
        />
      )}
    </Card>
  )
}

/** Takes the token out of the address, so that it stays in no history. */
function takeToken(): string {
  const token = window.location.hash.slice(1)
  if (token !== '') window.history.replaceState(window.history.state, '', window.location.pathname)
  return token
}

function Unusable({ title, next }: { title: string; next: string }) {
  const { text } = useText()
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          <p className="gap-below">{next}</p>
          <Link to="/forgot-password">{text.account.setPage.askAgain}</Link>
        </>
      }
    />
  )
}

function PasswordForm(props: {
  pending: boolean
  error: Error | null
  onSubmit: (password: string) => void
}) {
  const { text } = useText()
  const labels = text.account.setPage
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      disabled={props.pending}
      onFinish={({ password }: { password: string }) => props.onSubmit(password)}
    >
      <Form.Item
        name="password"
        label={labels.password}
        extra={labels.passwordHelp}
        rules={[{ required: true, min: 10, message: labels.passwordShort }]}
      >
        <Input.Password autoComplete="new-password" visibilityToggle={false} autoFocus />
      </Form.Item>
      <Form.Item
        name="again"
        label={labels.again}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_rule, value) => {
              if (value !== getFieldValue('password')) throw new Error(labels.different)
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" visibilityToggle={false} />
      </Form.Item>
      {props.error && (
        <div className="gap-below">
          <ProblemNotice error={props.error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" block loading={props.pending}>
        {labels.submit}
      </Button>
    </Form>
  )
}
