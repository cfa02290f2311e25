import { Alert, Button, Form, Input } from 'antd'
import { Navigate, useSearchParams } from 'react-router'
import { LanguageSwitch } from '../components/LanguageSwitch.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { useText } from '../language.tsx'
import { isSignedOut, useSession, useSignIn } from '../session.ts'

/** Sign-in; afterwards the page that was asked for. */
export function SignIn() {
  const { text } = useText()
  const [params] = useSearchParams()
  const session = useSession()
  const signIn = useSignIn()
  if (session.data) return <Navigate to={insidePath(params.get('next'))} replace />
  return (
    <main className="sign-in">
      <title>{`${text.signIn.title} · ${text.product}`}</title>
      <div className="sign-in-card">
        <div className="sign-in-head">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <div>
            <h1>{text.product}</h1>
            <p className="muted">{text.purpose}</p>
          </div>
        </div>
        <Form
          layout="vertical"
          requiredMark={false}
          disabled={signIn.isPending}
          onFinish={(credentials) => signIn.mutate(credentials)}
        >
          <Form.Item
            name="email"
            label={text.signIn.email}
            rules={[{ required: true, message: text.signIn.emailNeeded }]}
          >
            <Input type="email" autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={text.signIn.password}
            rules={[{ required: true, message: text.signIn.passwordNeeded }]}
          >
            <Input.Password autoComplete="current-password" visibilityToggle={false} />
          </Form.Item>
          {signIn.error && <Failure error={signIn.error} />}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {text.signIn.submit}
          </Button>
        </Form>
        <div className="sign-in-foot">
          <span className="muted">{text.signIn.help}</span>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  )
}

function Failure({ error }: { error: Error }) {
  const { text } = useText()
  return (
    <div className="gap-below">
      {isSignedOut(error) ? (
        <Alert type="error" showIcon role="alert" title={text.signIn.wrong} />
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
