import { Button, Form, Input, Modal } from 'antd'
import { type Firm, useSaveFirm } from '../../api-admin.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

interface Fields {
  id: string
  name: string
  uscc?: string
}

/** Registers an enterprise, or corrects the one given; the service checks the social credit code. */
export function FirmForm({ firm, onClose }: { firm: Firm | null; onClose: (saved: Firm | null) => void }) {
  const { text } = useText()
  const labels = text.admin.enterprises
  const save = useSaveFirm()
  return (
    <Modal
      open
      title={firm ? labels.edit(firm.name) : labels.register}
      onCancel={() => onClose(null)}
      footer={null}
    >
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        disabled={save.isPending}
        initialValues={firm ? { id: firm.id, name: firm.name, uscc: firm.uscc ?? '' } : {}}
        onFinish={({ uscc, ...fields }) =>
          save.mutate(
            { ...fields, uscc: uscc || null, known: firm !== null },
            { onSuccess: ({ data }) => onClose(data) },
          )
        }
      >
        <Form.Item
          name="id"
          label={labels.id}
          extra={labels.idHelp}
          normalize={plain}
          rules={[{ required: true, pattern: /^\d{4}[0-9A-Z]{6}$/, message: labels.idNeeded }]}
        >
          <Input maxLength={10} disabled={firm !== null} autoFocus={firm === null} />
        </Form.Item>
        <Form.Item
          name="name"
          label={labels.name}
          rules={[{ required: true, whitespace: true, message: labels.nameNeeded }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="uscc"
          label={labels.uscc}
          extra={labels.usccHelp}
          normalize={plain}
          rules={[{ len: 18, message: labels.usccWrong }]}
        >
          <Input maxLength={24} />
        </Form.Item>
        {save.error && (
          <div className="gap-below">
            <ProblemNotice error={save.error} />
          </div>
        )}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {firm ? text.admin.save : labels.registerSubmit}
        </Button>
      </Form>
    </Modal>
  )
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
}
