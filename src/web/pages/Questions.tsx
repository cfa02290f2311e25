import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Question, useQuestions } from '../api-portal.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { AskForm } from '../components/portal/AskForm.tsx'
import { QuestionThread, StateMark } from '../components/portal/QuestionThread.tsx'
import { day } from '../format.ts'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'
import '../styles/portal.css'
import { useDebounced } from '../use-debounced.ts'

/** What enterprises ask the bureau: a firm's own questions, or the bureau's inbox. The address holds filters and the open one. */
export function Questions() {
  const { data: principal } = useSession()
  const firm = principal?.enterpriseId ?? null
  const [params, setParams] = useSearchParams()
  const filters = {
    state: params.get('state') ?? '',
    topic: params.get('topic') ?? '',
    q: useDebounced(params.get('q') ?? ''),
  }
  const questions = useQuestions(firm, filters)
  const set = (changed: Record<string, string | null>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changed)) {
          if (value) after.set(name, value)
          else after.delete(name)
        }
        return after
      },
      { replace: true },
    )
  return (
    <>
      <Head firm={firm} questions={questions.data?.data ?? null} params={params} set={set} />
      {firm === null && <Filters params={params} set={set} />}
      <Loaded query={questions} rows={8}>
        {({ data }) => <Threads firm={firm} questions={data} open={params.get('open')} set={set} />}
      </Loaded>
    </>
  )
}

interface Address {
  params: URLSearchParams
  set: (changed: Record<string, string | null>) => void
}

function Head({
  firm,
  questions,
  params,
  set,
}: Address & { firm: string | null; questions: Question[] | null }) {
  const { text } = useText()
  const labels = text.portal.questions
  const [asking, setAsking] = useState(params.has('ask'))
  const waiting = questions?.filter(({ state }) => state === 'open' || state === 'reopened').length ?? 0
  const answered = questions?.filter(({ state }) => state === 'answered').length ?? 0
  const answer = firm === null ? labels.answerBureau(waiting) : labels.answerFirm(waiting, answered)
  const close = (open: string | null) => {
    setAsking(false)
    set({ ask: null, title: null, ...(open && { open }) })
  }
  return (
    <>
      <PageHead
        title={firm === null ? labels.inbox : labels.title}
        {...(questions && { answer })}
        tools={
          firm !== null && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {labels.ask}
            </Button>
          )
        }
      />
      {asking && firm !== null && (
        <AskForm
          firm={firm}
          initial={{
            topic: params.get('ask') === 'warning' ? 'warning' : 'origin',
            title: params.get('title') ?? '',
          }}
          onAsked={(id) => close(`${firm}-${id}`)}
          onClose={() => close(null)}
        />
      )}
    </>
  )
}

const filterStates = ['waiting', 'answered', 'closed'] as const

function Filters({ params, set }: Address) {
  const { text } = useText()
  const labels = text.portal.questions
  return (
    <div className="portal-filters">
      <Select
        aria-label={labels.state}
        value={params.get('state') ?? ''}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: labels.allStates },
          ...filterStates.map((value) => ({ value, label: labels.states[value] })),
        ]}
      />
      <Select
        aria-label={labels.topic}
        value={params.get('topic') ?? ''}
        onChange={(topic) => set({ topic })}
        options={[
          { value: '', label: labels.allTopics },
          ...Object.entries(labels.topics).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Input
        aria-label={labels.search}
        placeholder={labels.search}
        defaultValue={params.get('q') ?? ''}
        maxLength={100}
        allowClear
        onChange={({ target }) => set({ q: target.value })}
      />
    </div>
  )
}

function Threads(props: {
  firm: string | null
  questions: Question[]
  open: string | null
  set: Address['set']
}) {
  const { text } = useText()
  const labels = text.portal.questions
  const { firm, questions, set } = props
  if (questions.length === 0 && props.open === null)
    return firm === null ? (
      <EmptyState title={labels.noneFound} />
    ) : (
      <EmptyState title={labels.none} next={labels.noneNext} />
    )
  const [first] = questions
  const open = props.open ?? (first ? keyOf(first) : '')
  const [ofFirm = '', id = ''] = open.split('-')
  return (
    <div className="portal-threads">
      <ul className="mail-list" aria-label={labels.list}>
        {questions.map((question) => (
          <li key={keyOf(question)}>
            <button
              type="button"
              aria-pressed={keyOf(question) === open}
              onClick={() => set({ open: keyOf(question) })}
            >
              <span className="mail-subject">{question.title}</span>
              <span className="muted">
                {[
                  firm === null && question.enterprise,
                  labels.topics[question.topic],
                  day(question.updatedAt),
                ]
                  .filter(Boolean)
                  .join(' ')}
              </span>
              <StateMark state={question.state} />
            </button>
          </li>
        ))}
      </ul>
      {id === '' ? <EmptyState title={labels.choose} /> : <QuestionThread firm={ofFirm} id={id} />}
    </div>
  )
}

function keyOf({ enterpriseId, id }: Question): string {
  return `${enterpriseId}-${id}`
}
