import { Segmented } from 'antd'
import { useSearchParams } from 'react-router'
import { type AdviceQuestion, type Flow, useAdvice, useCountries } from '../api.ts'
import type { TableQuestion } from '../api-preference.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { ProductTable } from '../components/preference/ProductTable.tsx'
import { AdviceAnswer } from '../components/rcep/AdviceAnswer.tsx'
import { QuestionForm } from '../components/rcep/QuestionForm.tsx'
import { useText } from '../language.tsx'
import '../styles/preference.css'

/** Which tariff do these goods pay, and what would RCEP save? The address holds the question. */
export function Rcep() {
  const { text } = useText()
  const [params, setParams] = useSearchParams()
  const view = params.get('view') === 'table' ? 'table' : 'pair'
  const change = (chosen: string) => {
    const after = new URLSearchParams(params)
    if (chosen === 'pair') after.delete('view')
    else after.set('view', chosen)
    setParams(after)
  }
  const views = (['pair', 'table'] as const).map((value) => ({ value, label: text.preference.views[value] }))
  // Today is that of the service.
  return (
    <>
      <PageHead
        title={text.rcep.title}
        tools={<Segmented className="no-print" value={view} onChange={change} options={views} />}
      />
      <Loaded query={useCountries()} rows={6}>
        {({ meta }) =>
          view === 'table' ? (
            <ProductTable
              question={tableQuestionIn(params, meta.asOf)}
              onAsk={(asked) => setParams({ view: 'table', ...asked })}
            />
          ) : (
            <LookUp today={meta.asOf} />
          )
        }
      </Loaded>
    </>
  )
}

function LookUp({ today }: { today: string }) {
  const { language, text } = useText()
  const [params, setParams] = useSearchParams()
  const question = questionIn(params, today)
  const advice = useAdvice(question, language)
  return (
    <>
      <QuestionForm
        key={params.toString()}
        question={question}
        busy={advice.isFetching}
        onAsk={(asked) => setParams({ ...asked })}
      />
      {question.hs === '' ? (
        <EmptyState title={text.rcep.start} next={text.rcep.startNext} />
      ) : (
        <Loaded query={advice} rows={12}>
          {({ data }) => <AdviceAnswer advice={data} question={question} />}
        </Loaded>
      )}
    </>
  )
}

function questionIn(params: URLSearchParams, today: string): AdviceQuestion {
  return {
    hs: params.get('hs') ?? '',
    from: params.get('from') ?? 'CN',
    to: params.get('to') ?? 'JP',
    on: params.get('on') ?? today,
    value: params.get('value') ?? '100000',
    currency: params.get('currency') ?? 'USD',
    quantity: params.get('quantity') ?? '',
    mfn: params.get('mfn') ?? '',
  }
}

function tableQuestionIn(params: URLSearchParams, today: string): TableQuestion {
  const flow: Flow = params.get('flow') === 'import' ? 'import' : 'export'
  return { hs: params.get('hs') ?? '', flow, on: params.get('on') ?? today }
}
