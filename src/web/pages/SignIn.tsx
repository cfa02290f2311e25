import { Alert, Button, Divider, Form, Input } from 'antd'
import { Navigate, useSearchParams } from 'react-router'
import { useSignInMethods } from '../api-admin.ts'
import { Card } from '../components/account/Card.tsx'
import { EmailField } from '../components/account/EmailField.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { RequestError } from '../http.ts'
import { useText } from '../language.tsx'
import { isSignedOut, useSession, useSignIn } from '../session.ts'

/** Sign-in, with the second factor where the person has one; afterwards the page that was asked for. */
export function SignIn() {
  const { text } = useText()
  const [params] = useSearchParams()
  const session = useSession()
  const signIn = useSignIn()
  const next = insidePath(params.get('next'))
  if (session.data) return <Navigate to={next} replace />
  const asked = wantsCode(signIn.error) || Boolean(signIn.variables?.code)
  const refused = signIn.error && !(wantsCode(signIn.error) && !signIn.variables?.code)
  return (
    <Card title={text.signIn.title}>
      <Form
        layout="vertical"
        requiredMark={false}
        disabled={signIn.isPending}
        onFinish={(credentials) => signIn.mutate(credentials)}
      >
        <EmailField />
        <Form.Item
          name="password"
          label={text.signIn.password}
          rules={[{ required: true, message: text.signIn.passwordNeeded }]}
        >
          <Input.Password autoComplete="current-password" visibilityToggle={false} />
        </Form.Item>
        {asked && <CodeField />}
        {refused && <Failure error={signIn.error} />}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {text.signIn.submit}
        </Button>
      </Form>
      <OtherWays next={next} failed={params.get('failed')} />
    </Card>
  )
}

function CodeField() {
  const { text } = useText()
  return (
    <Form.Item
      name="code"
      label={text.account.code}
      extra={text.account.codeHelp}
      rules={[{ pattern: /^\d{6}$/, required: true, message: text.account.codeNeeded }]}
    >
      <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
    </Form.Item>
  )
}

/** The organisation's own sign-in, where the service has one. */
function OtherWays({ next, failed }: { next: string; failed: string | null }) {
  const { text } = useText()
  const methods = useSignInMethods()
  if (!methods.data?.data.oidc) return null
  const reasons = text.account.oidcFailures
  const failure = Object.hasOwn(reasons, failed ?? '') ? reasons[failed ?? ''] : text.account.oidcFailed
  return (
    <>
      <Divider plain>{text.account.or}</Divider>
      {failed !== null && <Alert className="gap-below" type="error" showIcon role="alert" title={failure} />}
      <Button block href={`/api/v1/auth/oidc/start?next=${encodeURIComponent(next)}`}>
        {text.account.oidc}
      </Button>
    </>
  )
}

function wantsCode(error: Error | null): boolean {
  return error instanceof RequestError && error.status === 401 && error.problem.field === 'code'
}

function Failure({ error }: { error: Error }) {
  const { text } = useText()
  const wrong = wantsCode(error) ? text.account.codeWrong : text.signIn.wrong
  return (
    <div className="gap-below">
      {isSignedOut(error) ? (
        <Alert type="error" showIcon role="alert" title={wrong} />
      ) : (
        <ProblemNotice error={error} />
      )}
    </div>
  )
}

/** Only a path of this site: an address of another one in `next` would send people there after signing in. */
function insidePath(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/'
}
