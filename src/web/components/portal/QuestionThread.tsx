import { Button, Form, Input } from 'antd'
import { type QuestionDetail, useAttach, useChange, useQuestion } from '../../api-portal.ts'
import { dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { Section } from '../Section.tsx'
import { FilePick } from './FilePick.tsx'
import { Mark } from './Mark.tsx'

/** A question with what was written since, its files, and what can be done with it. */
export function QuestionThread({ firm, id }: { firm: string; id: string }) {
  const question = useQuestion(firm, id)
  return (
    <Loaded query={question} rows={8}>
      {({ data }) => <Thread key={data.id} question={data} />}
    </Loaded>
  )
}

function Thread({ question }: { question: QuestionDetail }) {
  const { text } = useText()
  const labels = text.portal.questions
  const facts = [
    question.enterprise,
    labels.topics[question.topic],
    question.product,
    question.hs && labels.about(question.hs),
  ].filter(Boolean)
  return (
    <Section title={question.title} extra={<StateMark state={question.state} />}>
      <p className="muted">{facts.join(text.comma)}</p>
      <ol className="portal-thread" aria-label={labels.history}>
        {question.entries.map((entry) => (
          <li key={entry.id} className={entry.ofBureau ? 'of-bureau' : ''}>
            <div className="muted">
              {[entry.ofBureau && labels.bureau, entry.author, labels.kinds[entry.kind], dayAndTime(entry.at)]
                .filter(Boolean)
                .join(' ')}
            </div>
            {entry.body && <p className="portal-text">{entry.body}</p>}
          </li>
        ))}
      </ol>
      <Attachments question={question} />
      <Reply question={question} />
    </Section>
  )
}

/** Whether it waits for the bureau, is answered or over. */
export function StateMark({ state }: { state: QuestionDetail['state'] }) {
  const { text } = useText()
  const waits = state === 'open' || state === 'reopened'
  return <Mark state={waits ? 'waiting' : state}>{text.portal.questions.states[state]}</Mark>
}

function Attachments({ question }: { question: QuestionDetail }) {
  const { text } = useText()
  const labels = text.portal.questions
  const attach = useAttach()
  const path = `/enterprises/${question.enterpriseId}/questions/${question.id}/attachments`
  return (
    <div className="portal-file">
      {question.attachments.length > 0 && (
        <>
          <h3>{labels.attachments}</h3>
          <ul className="lines">
            {question.attachments.map((file) => (
              <li key={file.id} className="breakable">
                {file.kept ? (
                  <a href={`/api/v1${path}/${file.id}`} download={file.name}>
                    {file.name}
                  </a>
                ) : (
                  `${file.name} (${labels.gone})`
                )}{' '}
                <span className="muted">{`${Math.ceil(file.bytes / 1024)} kB ${file.addedBy}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {question.state !== 'closed' && (
        <>
          <FilePick
            label={labels.attach}
            busy={attach.isPending}
            onPick={(file) => attach.mutate({ path, file })}
          />
          <span className="muted">{labels.fileHelp}</span>
        </>
      )}
      {attach.error && <ProblemNotice error={attach.error} />}
    </div>
  )
}

function Reply({ question }: { question: QuestionDetail }) {
  const { text } = useText()
  const labels = text.portal.questions
  const { data: principal } = useSession()
  const change = useChange()
  const [form] = Form.useForm<{ body: string }>()
  const ofBureau = principal?.role !== 'enterprise'
  const path = `/enterprises/${question.enterpriseId}/questions/${question.id}`
  const closed = question.state === 'closed'
  const label = ofBureau ? labels.reply : labels.add
  const setState = (state: 'closed' | 'reopened') =>
    change.mutate({ method: 'PUT', path: `${path}/state`, body: { state } })
  return (
    <Form
      form={form}
      name="reply"
      layout="vertical"
      requiredMark={false}
      disabled={change.isPending}
      onFinish={({ body }) =>
        change.mutate(
          { method: 'POST', path: `${path}/entries`, body: { body } },
          { onSuccess: () => form.resetFields() },
        )
      }
    >
      {!(closed && ofBureau) && (
        <Form.Item
          name="body"
          label={label}
          rules={[{ required: true, whitespace: true, message: text.portal.needed }]}
        >
          <Input.TextArea rows={4} maxLength={5000} />
        </Form.Item>
      )}
      {change.error && <ProblemNotice error={change.error} />}
      <div className="portal-actions">
        {!(closed && ofBureau) && (
          <Button type="primary" htmlType="submit">
            {label}
          </Button>
        )}
        {closed ? (
          <Button onClick={() => setState('reopened')}>{labels.reopen}</Button>
        ) : (
          <Button onClick={() => setState('closed')}>{labels.close}</Button>
        )}
      </div>
    </Form>
  )
}
