import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** A form over the page; what was typed stays when the service refuses it. */
export function FormDialog<Values extends object>(props: {
  title: string
  initial: Partial<Values>
  action?: string
  busy: boolean
  error: Error | null
  onSubmit: (values: Values) => void
  onClose: () => void
  children: ReactNode
}) {
  const { text } = useText()
  const [form] = Form.useForm<Values>()
  return (
    <Modal
      open
      title={props.title}
      okText={props.action ?? text.portal.save}
      cancelText={text.portal.cancel}
      confirmLoading={props.busy}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form<Values>
        form={form}
        // Names the fields apart from those of the page beneath.
        name="dialog"
        layout="vertical"
        requiredMark="optional"
        initialValues={props.initial}
        disabled={props.busy}
        onFinish={props.onSubmit}
      >
        {props.children}
      </Form>
      {props.error && <ProblemNotice error={props.error} />}
    </Modal>
  )
}

/** The rule of a field that must not stay empty. */
export function useNeeded() {
  const { text } = useText()
  return [{ required: true, whitespace: true, message: text.portal.needed }]
}
