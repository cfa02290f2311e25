import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type QuestionDetail, useChange, useProducts } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { FilePick } from './FilePick.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'

export type Topic = QuestionDetail['topic']

interface Typed {
  topic: Topic
  title: string
  body: string
  hs?: string
  productId?: number
}

/** A question to the bureau, with a file where there is one. */
export function AskForm(props: {
  firm: string
  initial: Partial<Typed>
  onAsked: (id: number) => void
  onClose: () => void
}) {
  const { text } = useText()
  const labels = text.portal.questions
  const { firm, initial, onAsked, onClose } = props
  const change = useChange()
  const products = useProducts(firm)
  const needed = useNeeded()
  const [file, setFile] = useState<File | null>(null)
  // Where only the file was refused the question is there: asking again would ask twice.
  const [asked, setAsked] = useState<number | null>(null)
  const path = `/enterprises/${firm}/questions`
  return (
    <FormDialog<Typed>
      title={labels.ask}
      action={labels.send}
      initial={initial}
      busy={change.isPending}
      error={change.error}
      onClose={() => (asked === null ? onClose() : onAsked(asked))}
      onSubmit={({ topic, title, body, hs, productId }) => {
        const code = codeIn(hs ?? '')
        const question = { topic, title: title.trim(), body, hs: code || null, productId: productId ?? null }
        const of = ({ data }: { data: { id: number } }) => {
          setAsked(data.id)
          return `${path}/${data.id}/attachments`
        }
        if (asked !== null) return onAsked(asked)
        change.mutate(
          { method: 'POST', path, body: question, file: file && { of, file } },
          { onSuccess: ({ data }) => onAsked(data.id) },
        )
      }}
    >
      <Form.Item name="topic" label={labels.topic} rules={[{ required: true, message: text.portal.needed }]}>
        <Select options={Object.entries(labels.topics).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="title" label={labels.heading} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="body" label={labels.body} rules={needed}>
        <Input.TextArea rows={5} maxLength={5000} />
      </Form.Item>
      <Form.Item name="productId" label={labels.product}>
        <Select
          allowClear
          options={(products.data?.data ?? []).map(({ id, code, name }) => ({
            value: id,
            label: `${code} ${name}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="hs" label={labels.hs}>
        <ProductPicker />
      </Form.Item>
      <div className="portal-file">
        <FilePick label={labels.file} onPick={setFile} />
        <span className="muted">{file?.name ?? labels.fileHelp}</span>
      </div>
    </FormDialog>
  )
}
