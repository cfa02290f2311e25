import { Alert, Button } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useCountries, useOrigin } from '../api.ts'
import { useBillAdvice } from '../api-preference.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { caseOf, type Draft, draftIn, emptyDraft, isAskable } from '../components/origin/draft.ts'
import { type FieldProblem, fieldProblemOf, problemText } from '../components/origin/Field.tsx'
import { GoodForm } from '../components/origin/GoodForm.tsx'
import { MaterialsEditor } from '../components/origin/MaterialsEditor.tsx'
import { OriginAnswer } from '../components/origin/OriginAnswer.tsx'
import { useDraft } from '../components/origin/use-draft.ts'
import { useJourney } from '../components/origin/use-journey.ts'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { useText } from '../language.tsx'
import { useDebounced } from '../use-debounced.ts'
import '../styles/preference.css'

/** Does what we make from these materials originate, and if not, what would have to change? */
export function Origin() {
  // Today is that of the service.
  return <Loaded query={useCountries()}>{({ meta }) => <Bill today={meta.asOf} />}</Loaded>
}

function Bill({ today }: { today: string }) {
  const { language, text } = useText()
  const [draft, change] = useDraft(today)
  const settled = useDebounced(draft)
  const asked = useMemo(() => (isAskable(settled) ? caseOf(settled) : null), [settled])
  const [journey, travel] = useJourney()
  const judged = useOrigin(asked, language)
  const advised = useBillAdvice(asked, journey, language)
  const problem = asked ? (fieldProblemOf(judged.error) ?? fieldProblemOf(advised.error)) : null
  return (
    <>
      <PageHead title={text.ways.origin} tools={<Files draft={draft} today={today} onChange={change} />} />
      <div className="bill-and-verdict">
        <div>
          <Section title={text.origin.good}>
            <GoodForm
              draft={draft}
              problem={problem}
              onChange={change}
              journey={journey}
              onJourney={travel}
            />
            <Kept draft={draft} />
          </Section>
          <Section title={text.origin.materials.title}>
            <MaterialsEditor draft={draft} problem={problem} onChange={change} />
          </Section>
        </div>
        <div aria-busy={judged.isFetching}>
          {asked === null ? (
            <EmptyState title={text.origin.start} next={text.origin.startNext} />
          ) : problem ? (
            <Wrong problem={problem} />
          ) : (
            <Loaded query={judged} rows={10}>
              {({ data }) => (
                <OriginAnswer
                  origin={data}
                  draft={asked}
                  advice={advised.data?.data}
                  isStale={advised.isPlaceholderData}
                  onTry={change}
                />
              )}
            </Loaded>
          )}
        </div>
      </div>
    </>
  )
}

/** Said beside the field; here for those the editor does not show. */
function Wrong({ problem }: { problem: FieldProblem }) {
  const { text } = useText()
  return (
    <Alert type="error" showIcon title={text.origin.wrongCase} description={problemText(problem, text)} />
  )
}

const unseen = ['exporter', 'rates', 'costs']

/** What a loaded file brings along that the editor has no field for. */
function Kept({ draft }: { draft: Draft }) {
  const { text } = useText()
  const names = unseen.filter((name) => draft[name] !== undefined)
  return names.length > 0 && <p className="muted">{text.origin.kept(names)}</p>
}

function Files(props: { draft: Draft; today: string; onChange: (draft: Draft) => void }) {
  const { text } = useText()
  const [refused, refuse] = useState<string | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const goTo = useNavigate()
  const read = async (file: File) => {
    const found = draftIn(await file.text())
    refuse(found ? null : file.name)
    if (found) props.onChange(found)
  }
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={text.origin.load}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) void read(file)
        }}
      />
      <Button className="no-print" onClick={() => goTo('/origin/questions')}>
        {text.preference.interview.start}
      </Button>
      <Button className="no-print" onClick={() => chooser.current?.click()}>
        {text.origin.load}
      </Button>
      <Button className="no-print" onClick={() => save(caseOf(props.draft))}>
        {text.origin.save}
      </Button>
      <Button className="no-print" onClick={() => props.onChange(emptyDraft(props.today))}>
        {text.origin.clear}
      </Button>
      {refused && <Alert type="error" showIcon title={text.origin.notACase(refused)} />}
    </>
  )
}

/** Hands the case to the reader as a file that can be loaded here again or given to the command line. */
function save(bill: Draft): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(bill, null, 2)}\n`], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `origin-${bill.good.hs || 'case'}.json`
  link.click()
  URL.revokeObjectURL(url)
}
