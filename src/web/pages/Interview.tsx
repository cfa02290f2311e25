import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useCountries, useOrigin } from '../api.ts'
import { type Journey, useBillAdvice } from '../api-preference.ts'
import { Question } from '../components/interview/Question.tsx'
import { isAnswered, type QuestionCode, questionOf, questionsFor } from '../components/interview/questions.ts'
import { Loaded } from '../components/Loaded.tsx'
import { caseOf, type Draft, emptyDraft, isAskable } from '../components/origin/draft.ts'
import { fieldProblemOf, problemText } from '../components/origin/Field.tsx'
import { OriginAnswer } from '../components/origin/OriginAnswer.tsx'
import { useDraft } from '../components/origin/use-draft.ts'
import { noJourney, useJourney } from '../components/origin/use-journey.ts'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { useText } from '../language.tsx'
import { useDebounced } from '../use-debounced.ts'
import '../styles/preference.css'

/** Does it originate? One question at a time; the answers are the bill of the editor, and the verdict is its verdict. */
export function Interview() {
  // Today is that of the service.
  return <Loaded query={useCountries()}>{({ meta }) => <Questions today={meta.asOf} />}</Loaded>
}

function Questions({ today }: { today: string }) {
  const { language, text } = useText()
  const [draft, change] = useDraft(today)
  const [journey, travel] = useJourney()
  const settled = useDebounced(draft)
  const judged = useOrigin(
    useMemo(() => (isAskable(settled) ? caseOf(settled) : null), [settled]),
    language,
  )
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
    travel(noJourney)
    goTo(1)
  }
  if (code === undefined)
    return (
      <Answer
        draft={draft}
        journey={journey}
        onTry={change}
        onBack={(question) => goTo(question === null ? 1 : asked.indexOf(question) + 1)}
        onRestart={restart}
      />
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
            problem={fieldProblemOf(judged.error)}
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
  onBack: (question: QuestionCode | null) => void
  onRestart: () => void
}

function Answer({ draft, journey, onTry, onBack, onRestart }: Answering) {
  const { language, text } = useText()
  const open = useNavigate()
  const labels = text.preference.interview
  const bill = caseOf(draft)
  const judged = useOrigin(bill, language)
  const advised = useBillAdvice(bill, journey, language)
  const problem = fieldProblemOf(judged.error) ?? fieldProblemOf(advised.error)
  const question = problem && questionOf(problem.field)
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
            <Button className="no-print" onClick={() => onBack(null)}>
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
          {problemText(problem, text)}{' '}
          {question && (
            <Button size="small" onClick={() => onBack(question)}>
              {labels.toQuestion}
            </Button>
          )}
        </p>
      )}
      <Loaded query={judged} rows={10}>
        {({ data }) => (
          <OriginAnswer
            origin={data}
            draft={bill}
            advice={advice}
            isStale={advised.isPlaceholderData}
            onTry={onTry}
          />
        )}
      </Loaded>
    </>
  )
}
