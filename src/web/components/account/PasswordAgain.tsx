import { Form, Input } from 'antd'
import { useText } from '../../language.tsx'

/** The own password once more; left empty by who has none and has just signed in. */
export function PasswordAgain() {
  const labels = useText().text.account.own
  return (
    <Form.Item name="password" label={labels.password} extra={labels.passwordHelp}>
      <Input.Password autoComplete="current-password" visibilityToggle={false} maxLength={1024} />
    </Form.Item>
  )
}
