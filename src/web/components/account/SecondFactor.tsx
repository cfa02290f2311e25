import { Button, Form, Input, QRCode, Typography } from 'antd'
import {
  type Proposal,
  useProposal,
  useRemoveFactor,
  useSecondFactor,
  useSetFactor,
} from '../../api-account.ts'
import { useText } from '../../language.tsx'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { Section } from '../Section.tsx'
import { AgainProblem } from './AgainProblem.tsx'
import { PasswordAgain } from './PasswordAgain.tsx'

interface Given {
  code: string
  password?: string
}

/** Whether the sign-in asks for a code too, and the way there and back. */
export function SecondFactor() {
  const labels = useText().text.account.own.factor
  const state = useSecondFactor()
  return (
    <Section title={labels.title}>
      <Loaded query={state} rows={2}>
        {({ data }) => (
          <>
            <p className="gap-below" role="status">
              {data.on ? labels.on : labels.off}
            </p>
            {data.on ? <TakeAway /> : <SetUp />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function SetUp() {
  const labels = useText().text.account.own.factor
  const proposal = useProposal()
  if (proposal.data) return <FirstCode {...proposal.data.data} onCancel={proposal.reset} />
  return (
    <>
      {proposal.error && <ProblemNotice error={proposal.error} />}
      <Button type="primary" loading={proposal.isPending} onClick={() => proposal.mutate()}>
        {labels.setUp}
      </Button>
    </>
  )
}

function FirstCode({ secret, address, onCancel }: Proposal & { onCancel: () => void }) {
  const { text } = useText()
  const labels = text.account.own.factor
  const set = useSetFactor()
  return (
    <div className="factor">
      {/* The secret beside it says the same. */}
      <div aria-hidden>
        <QRCode value={address} type="svg" bordered={false} size={180} color="#000000" bgColor="#ffffff" />
      </div>
      <div className="factor-steps">
        <p>{labels.scan}</p>
        <Typography.Text
          className="factor-secret"
          code
          copyable={{ tooltips: [text.admin.people.copy, text.admin.people.copied] }}
        >
          {secret}
        </Typography.Text>
        <CodeForm
          submit={labels.confirm}
          pending={set.isPending}
          error={set.error}
          onSubmit={(given) => set.mutate({ secret, ...given })}
          onCancel={onCancel}
        />
      </div>
    </div>
  )
}

function TakeAway() {
  const labels = useText().text.account.own.factor
  const remove = useRemoveFactor()
  return (
    <CodeForm
      danger
      submit={labels.remove}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={(given) => remove.mutate(given)}
    />
  )
}

function CodeForm(props: {
  submit: string
  danger?: boolean
  pending: boolean
  error: Error | null
  onSubmit: (given: Given) => void
  onCancel?: () => void
}) {
  const { text } = useText()
  return (
    <Form<Given>
      className="account-form"
      layout="vertical"
      requiredMark={false}
      disabled={props.pending}
      onFinish={props.onSubmit}
    >
      <Form.Item
        name="code"
        label={text.account.code}
        rules={[{ required: true, pattern: /^\d{6}$/, message: text.account.codeNeeded }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
      </Form.Item>
      <PasswordAgain />
      <AgainProblem error={props.error} />
      <Button type="primary" danger={props.danger ?? false} htmlType="submit" loading={props.pending}>
        {props.submit}
      </Button>
      {props.onCancel && (
        <Button type="text" onClick={props.onCancel}>
          {text.admin.cancel}
        </Button>
      )}
    </Form>
  )
}
