import { Form, Select } from 'antd'
import { useText } from '../../language.tsx'

/** Whom a notice or an event is for; nothing entered means every firm. */
export function AudienceFields() {
  const { text } = useText()
  const labels = text.portal.events
  return (
    <>
      <Form.Item name="districts" label={labels.districts} rules={[codes(/^\d{5}$/, labels.districts)]}>
        <Select mode="tags" tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="chapters" label={labels.chapters} rules={[codes(/^\d{2}$/, labels.chapters)]}>
        <Select mode="tags" tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} />
      </Form.Item>
    </>
  )
}

function codes(pattern: RegExp, message: string) {
  return {
    message,
    validator: (_rule: unknown, given: string[] = []) =>
      given.every((code) => pattern.test(code)) ? Promise.resolve() : Promise.reject(new Error(message)),
  }
}
