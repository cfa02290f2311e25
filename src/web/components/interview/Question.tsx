import { Input, Radio, Select } from 'antd'
import type { Journey } from '../../api-preference.ts'
import { useText } from '../../language.tsx'
import type { Draft } from '../origin/draft.ts'
import { Field, type FieldProblem } from '../origin/Field.tsx'
import {
  CurrencyField,
  DayField,
  FobField,
  Operations,
  PiecesField,
  PlaceFields,
  WeightField,
} from '../origin/GoodForm.tsx'
import { MaterialsEditor } from '../origin/MaterialsEditor.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { ProductPicker } from '../rcep/ProductPicker.tsx'
import type { QuestionCode } from './questions.ts'

interface Asking {
  draft: Draft
  problem: FieldProblem | null
  onChange: (draft: Draft) => void
}

/** The fields of one question. */
export function Question(
  props: Asking & { code: QuestionCode; journey: Journey; onJourney: (journey: Journey) => void },
) {
  const { code, journey, onJourney, ...asking } = props
  switch (code) {
    case 'product':
      return <ProductField {...asking} />
    case 'place':
      return (
        <div className="entries">
          <PlaceFields {...asking} />
          <DayField {...asking} />
        </div>
      )
    case 'price':
      return (
        <div className="entries">
          <FobField {...asking} />
          <CurrencyField {...asking} />
          <WeightField {...asking} />
          <PiecesField journey={journey} onJourney={onJourney} />
        </div>
      )
    case 'wholly':
      return <WhollyObtained {...asking} />
    case 'materials':
      return <MaterialsEditor {...asking} />
    case 'work':
      return (
        <div className="entries">
          <Operations {...asking} />
        </div>
      )
    case 'costs':
      return <Costs {...asking} />
    case 'way':
      return <Way journey={journey} onJourney={onJourney} />
    case 'proof':
      return <ProofDays journey={journey} onJourney={onJourney} />
  }
}

function ProductField({ draft, problem, onChange }: Asking) {
  const { text } = useText()
  return (
    <Field label={text.rcep.form.product} path="good.hs" problem={problem}>
      {(field) => (
        <ProductPicker
          {...field}
          value={draft.good.hs}
          onChange={(hs) => onChange({ ...draft, good: { ...draft.good, hs: hs ?? '' } })}
        />
      )}
    </Field>
  )
}

function WhollyObtained({ draft, problem, onChange }: Asking) {
  const { text } = useText()
  const labels = text.preference.interview
  const { whollyObtained, ...good } = draft.good
  const grounds = Object.entries(labels.grounds).map(([value, label]) => ({ value, label }))
  const set = (ground: string | undefined) =>
    onChange({ ...draft, good: ground === undefined ? good : { ...good, whollyObtained: ground } })
  return (
    <>
      <Radio.Group
        className="claim-options"
        aria-label={labels.questions.wholly}
        value={whollyObtained !== undefined}
        // On which ground has to be chosen: none is taken for granted.
        onChange={({ target }) => set(target.value ? '' : undefined)}
      >
        <Radio value={false}>{labels.whollyNo}</Radio>
        <Radio value>{labels.whollyYes}</Radio>
      </Radio.Group>
      {whollyObtained !== undefined && (
        <Field label={labels.ground} path="good.whollyObtained" problem={problem}>
          {(field) => (
            <Select
              {...field}
              value={whollyObtained === '' ? null : String(whollyObtained)}
              onChange={set}
              options={grounds}
            />
          )}
        </Field>
      )}
    </>
  )
}

const costNames = ['labour', 'overhead', 'profit', 'other'] as const

function Costs({ draft, problem, onChange }: Asking) {
  const { text } = useText()
  const labels = text.preference.interview
  const { costs: given, ...rest } = draft
  const costs = (typeof given === 'object' && given !== null ? given : {}) as Record<string, string>
  const set = (name: string, value: string) => {
    const entered = Object.entries({ ...costs, [name]: value.trim() }).filter(([, amount]) => amount !== '')
    onChange(entered.length === 0 ? rest : { ...rest, costs: Object.fromEntries(entered) })
  }
  return (
    <div className="entries">
      {costNames.map((name) => (
        <Field key={name} label={labels[name]} path={`costs.${name}`} problem={problem}>
          {(field) => (
            <Input
              {...field}
              inputMode="decimal"
              value={costs[name] ?? ''}
              onChange={({ target }) => set(name, target.value)}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

interface Travelling {
  journey: Journey
  onJourney: (journey: Journey) => void
}

/** Countries passed through, added one after the other. */
function Way({ journey, onJourney }: Travelling) {
  const { text } = useText()
  const labels = text.preference.interview
  return (
    <Field label={labels.via} path="via" problem={null}>
      {(field) => (
        <>
          <CountrySelect
            {...field}
            placeholder={labels.direct}
            onChange={(code) => onJourney({ ...journey, via: [...new Set([...journey.via, code])] })}
          />
          <ul className="via">
            {journey.via.map((code) => (
              <li key={code}>
                {code}
                <button
                  type="button"
                  className="link-button"
                  aria-label={text.origin.materials.removeOf(code)}
                  onClick={() => onJourney({ ...journey, via: journey.via.filter((one) => one !== code) })}
                >
                  {text.origin.materials.remove}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  )
}

function ProofDays({ journey, onJourney }: Travelling) {
  const { text } = useText()
  const labels = text.preference.interview
  return (
    <div className="entries">
      {(['shippedOn', 'issuedOn'] as const).map((name) => (
        <Field key={name} label={labels[name]} path={name} problem={null}>
          {({ id }) => (
            <Input
              id={id}
              type="date"
              value={journey[name]}
              onChange={({ target }) => onJourney({ ...journey, [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
