import { Button, Form, Input, Select, Space } from 'antd'
import type { AdviceQuestion } from '../../api.ts'
import { useText } from '../../language.tsx'
import { CountrySelect } from './CountrySelect.tsx'
import { codeIn, ProductPicker } from './ProductPicker.tsx'

export const currencies = ['USD', 'CNY', 'JPY', 'KRW', 'AUD', 'NZD', 'THB', 'VND', 'MYR', 'IDR', 'SGD', 'PHP']

/** Product, way, day and value: everything a rate depends on. What was typed stays. */
export function QuestionForm(props: {
  question: AdviceQuestion
  busy: boolean
  onAsk: (question: AdviceQuestion) => void
}) {
  const { text } = useText()
  const labels = text.rcep.form
  return (
    <Form<AdviceQuestion>
      className="question no-print"
      layout="vertical"
      requiredMark={false}
      initialValues={props.question}
      onFinish={(asked) => props.onAsk({ ...asked, hs: codeIn(asked.hs) })}
    >
      <Form.Item
        name="hs"
        label={labels.product}
        className="wide"
        rules={[
          {
            validator: (_, typed: string) =>
              codeIn(typed) ? Promise.resolve() : Promise.reject(labels.productNeeded),
          },
        ]}
      >
        <ProductPicker />
      </Form.Item>
      <Form.Item name="from" label={labels.from}>
        <CountrySelect parties />
      </Form.Item>
      <Form.Item
        name="to"
        label={labels.to}
        dependencies={['from']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, to: string) =>
              to === getFieldValue('from') ? Promise.reject(labels.sameParty) : Promise.resolve(),
          }),
        ]}
      >
        <CountrySelect parties />
      </Form.Item>
      <Form.Item name="on" label={labels.on} rules={[{ required: true, message: labels.onNeeded }]}>
        <Input type="date" min="2020-01-01" max="2060-12-31" />
      </Form.Item>
      <Form.Item label={labels.value} htmlFor="value">
        <Space.Compact block>
          <Form.Item
            name="value"
            noStyle
            rules={[{ pattern: /^\d{1,18}(\.\d{1,12})?$/, message: labels.valueNeeded }]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="currency" noStyle>
            <Select
              aria-label={labels.currency}
              className="currency"
              options={currencies.map((value) => ({ value, label: value }))}
            />
          </Form.Item>
        </Space.Compact>
      </Form.Item>
      <Form.Item
        name="quantity"
        label={labels.quantity}
        rules={[{ pattern: /^\s*\d+(\.\d+)?\s*\S+/, message: labels.quantityNeeded }]}
      >
        <Input placeholder={labels.quantityExample} />
      </Form.Item>
      <Form.Item name="mfn" label={labels.mfn}>
        <Input placeholder={labels.mfnExample} maxLength={200} />
      </Form.Item>
      <Form.Item label=" ">
        <Button type="primary" htmlType="submit" loading={props.busy}>
          {labels.ask}
        </Button>
      </Form.Item>
    </Form>
  )
}
