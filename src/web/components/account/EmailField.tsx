import { Form, Input } from 'antd'
import { useText } from '../../language.tsx'

/** Who is asking: the first field of a form of somebody who is not signed in. */
export function EmailField() {
  const { text } = useText()
  return (
    <Form.Item
      name="email"
      label={text.signIn.email}
      rules={[{ required: true, message: text.signIn.emailNeeded }]}
    >
      <Input type="email" autoComplete="username" autoFocus />
    </Form.Item>
  )
}
