import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useCountries, useOrigin } from '../api.ts'
import { type Journey, useBillAdvice } from '../api-preference.ts'
import { Question } from '../components/interview/Question.tsx'
import { isAnswered, questionsFor } from '../components/interview/questions.ts'
import { Loaded } from '../components/Loaded.tsx'
import { caseOf, type Draft, emptyDraft } from '../components/origin/draft.ts'
import { fieldProblemOf } from '../components/origin/Field.tsx'
import { OriginAnswer } from '../components/origin/OriginAnswer.tsx'
import { useDraft } from '../components/origin/use-draft.ts'
import { useJourney } from '../components/origin/use-journey.ts'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { useText } from '../language.tsx'
import '../styles/preference.css'

/** Does it originate? One question at a time; the answers are the bill of the editor, and the verdict is its verdict. */
export function Interview() {
  // Today is that of the service.
  return <Loaded query={useCountries()}>{({ meta }) => <Questions today={meta.asOf} />}</Loaded>
}

function Questions({ today }: { today: string }) {
  const { text } = useText()
  const [draft, change] = useDraft(today)
  const [journey, travel] = useJourney()
  const [params, setParams] = useSearchParams()
  const [complains, complain] = useState(false)
  const labels = text.preference.interview
  const asked = questionsFor(draft)
  const at = Math.min(Math.max(Number(params.get('q') ?? '1') || 1, 1), asked.length + 1)
  const code = asked[at - 1]
  const goTo = (question: number) => {
    complain(false)
    setParams({ q: String(question) })
  }
  const restart = () => {
    change(emptyDraft(today))
    travel({ via: [], issuedOn: '', shippedOn: '' })
    goTo(1)
  }
  if (code === undefined)
    return (
      <Answer draft={draft} journey={journey} onTry={change} onBack={() => goTo(1)} onRestart={restart} />
    )
  const isLast = at === asked.length
  return (
    <>
      <PageHead title={labels.title} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isAnswered(code, draft)) goTo(at + 1)
          else complain(true)
        }}
      >
        <Section title={labels.questions[code]} extra={labels.progress(at, asked.length)}>
          <progress className="interview-progress" value={at} max={asked.length} aria-label={labels.title} />
          <p className="muted gap-below">{labels.help[code]}</p>
          <Question
            code={code}
            draft={draft}
            problem={null}
            journey={journey}
            onChange={change}
            onJourney={travel}
          />
          {complains && !isAnswered(code, draft) && (
            <p role="alert" className="bad">
              {labels.needed}
            </p>
          )}
        </Section>
        <div className="tools">
          {at > 1 && <Button onClick={() => goTo(at - 1)}>{labels.back}</Button>}
          <Button type="primary" htmlType="submit">
            {isLast ? labels.finish : labels.next}
          </Button>
          <Button type="text" onClick={restart}>
            {labels.restart}
          </Button>
        </div>
      </form>
    </>
  )
}

interface Answering {
  draft: Draft
  journey: Journey
  onTry: (draft: Draft) => void
  onBack: () => void
  onRestart: () => void
}

function Answer({ draft, journey, onTry, onBack, onRestart }: Answering) {
  const { language, text } = useText()
  const open = useNavigate()
  const labels = text.preference.interview
  const bill = caseOf(draft)
  const judged = useOrigin(bill, language)
  const advised = useBillAdvice(bill, journey, language)
  const problem = fieldProblemOf(judged.error)
  const advice = advised.data?.data
  return (
    <>
      <PageHead
        title={labels.answer}
        tools={
          <>
            <Button className="no-print" onClick={() => open('/origin')}>
              {labels.edit}
            </Button>
            <Button className="no-print" onClick={onBack}>
              {labels.again}
            </Button>
            <Button className="no-print" type="text" onClick={onRestart}>
              {labels.restart}
            </Button>
          </>
        }
      />
      {problem && (
        <p role="alert" className="bad">
          {`${problem.field}${text.colon}${text.origin.wrong(problem.allowed)}`}
        </p>
      )}
      <Loaded query={judged} rows={10}>
        {({ data }) => <OriginAnswer origin={data} draft={bill} advice={advice} onTry={onTry} />}
      </Loaded>
      {advice && advice.consignment.length > 0 && (
        <Section title={text.preference.bill.way}>
          <ul className="lines">
            {[...advice.consignment, ...advice.nextSteps].map((point) => (
              <li key={`${point.code} ${point.text}`}>
                {point.text} <cite>{point.cite}</cite>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
