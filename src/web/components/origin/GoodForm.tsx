import { Button, Input, Select } from 'antd'
import { useRules } from '../../api.ts'
import type { Journey } from '../../api-preference.ts'
import { useText } from '../../language.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { currencies } from '../rcep/QuestionForm.tsx'
import { type Draft, minimalOperations, moreThanMinimal } from './draft.ts'
import { Field, type FieldProblem } from './Field.tsx'

interface Editing {
  draft: Draft
  problem: FieldProblem | null
  onChange: (draft: Draft) => void
}

/** The good, its price and way, what was done to it and the rule it must meet. */
export function GoodForm(editing: Editing & { journey: Journey; onJourney: (journey: Journey) => void }) {
  const { text } = useText()
  const { draft, problem, onChange } = editing
  return (
    <div className="entries">
      <Field label={text.rcep.form.product} path="good.hs" problem={problem} className="wide">
        {(field) => (
          <ProductPicker
            {...field}
            value={draft.good.hs}
            onChange={(hs) => onChange(withGood(draft, { hs: hs ?? '' }))}
          />
        )}
      </Field>
      <FobField {...editing} />
      <CurrencyField {...editing} />
      <PlaceFields {...editing} />
      <DayField {...editing} />
      <WeightField {...editing} />
      <PiecesField {...editing} />
      <Operations {...editing} />
      <Rule {...editing} />
    </div>
  )
}

function withGood(draft: Draft, changed: Partial<Draft['good']>): Draft {
  return { ...draft, good: { ...draft.good, ...changed } }
}

export function FobField({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  return (
    <Field label={text.origin.form.fob} path="good.fob" problem={problem}>
      {(field) => (
        <Input
          {...field}
          inputMode="decimal"
          value={draft.good.fob}
          onChange={({ target }) => onChange(withGood(draft, { fob: target.value.trim() }))}
        />
      )}
    </Field>
  )
}

export function CurrencyField({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  return (
    <Field label={text.currency} path="good.currency" problem={problem}>
      {(field) => (
        <Select
          {...field}
          value={draft.good.currency ?? 'USD'}
          onChange={(currency) => onChange(withGood(draft, { currency }))}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      )}
    </Field>
  )
}

/** How many goods the shipment has; with it duty and saving are of the shipment. */
export function PiecesField({
  journey,
  onJourney,
}: {
  journey: Journey
  onJourney: (journey: Journey) => void
}) {
  const { text } = useText()
  return (
    <Field label={text.preference.bill.pieces} path="value" problem={null}>
      {(field) => (
        <Input
          {...field}
          inputMode="decimal"
          placeholder={text.preference.bill.optional}
          value={journey.pieces}
          onChange={({ target }) => onJourney({ ...journey, pieces: target.value.trim() })}
        />
      )}
    </Field>
  )
}

/** Where the good is made and where it goes. */
export function PlaceFields({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  return (
    <>
      <Field label={text.origin.form.producedIn} path="good.producedIn" problem={problem}>
        {(field) => (
          <CountrySelect
            {...field}
            value={draft.good.producedIn}
            onChange={(producedIn) => onChange(withGood(draft, { producedIn }))}
          />
        )}
      </Field>
      <Field label={text.rcep.form.to} path="importer" problem={problem}>
        {(field) => (
          <CountrySelect
            {...field}
            parties
            value={draft.importer}
            onChange={(importer) => onChange({ ...draft, importer })}
          />
        )}
      </Field>
    </>
  )
}

export function DayField({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  return (
    <Field label={text.rcep.form.on} path="on" problem={problem}>
      {({ id, status }) => (
        <Input
          id={id}
          status={status}
          type="date"
          value={draft.on}
          onChange={({ target }) => onChange({ ...draft, on: target.value })}
        />
      )}
    </Field>
  )
}

export function WeightField({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  return (
    <Field label={text.origin.form.weight} path="good.weightKg" problem={problem}>
      {(field) => (
        <Input
          {...field}
          inputMode="decimal"
          placeholder={text.preference.bill.optional}
          value={draft.good.weightKg ?? ''}
          onChange={({ target }) => onChange(withGood(draft, { weightKg: target.value.trim() }))}
        />
      )}
    </Field>
  )
}

/** What was done to the good, by the codes of Art. 3.6 or in words. */
export function Operations({ draft, problem, onChange }: Editing) {
  const { text } = useText()
  const labels = text.origin.operations
  return (
    <Field label={text.origin.form.operations} path="operations" problem={problem} className="wide">
      {(field) => (
        <Select
          {...field}
          mode="tags"
          value={draft.operations ?? []}
          onChange={(operations) => onChange({ ...draft, operations })}
          placeholder={text.origin.form.operationsExample}
          options={[
            { value: moreThanMinimal, label: labels[moreThanMinimal] },
            ...minimalOperations.map((value) => ({ value, label: labels[value] })),
          ]}
          showSearch={{ optionFilterProp: 'label' }}
        />
      )}
    </Field>
  )
}

/** The agreement's rule for the product, with its source; another one may be entered over it. */
function Rule({ draft, problem, onChange }: Editing) {
  const { language, text } = useText()
  const labels = text.origin.form
  const { data } = useRules(codeIn(draft.good.hs), String(draft.good.edition ?? '2022'))
  const found = data?.data.flatMap(({ rule }) => rule ?? [])
  const own = found?.[0]?.text ?? ''
  const given = typeof draft.rule === 'string'
  const products = given ? [] : productsOf(found?.[0]?.parsed)
  const known = found && [...new Set(found.map((rule) => `${rule.text}${text.colon}${rule[language]}`))]
  return (
    <Field label={text.rcep.proof.rule} path="rule" problem={problem} className="wide">
      {(field) => (
        <>
          <Input
            {...field}
            value={given ? (draft.rule ?? '') : own}
            placeholder={labels.ruleExample}
            maxLength={2000}
            onChange={({ target }) => onChange({ ...draft, rule: target.value })}
          />
          {products.length > 0 && (
            <Select
              aria-label={text.preference.bill.whichProduct}
              placeholder={text.preference.bill.whichProduct}
              value={draft.good.condition ?? null}
              onChange={(condition) => onChange(withGood(draft, { condition }))}
              options={products.map((value) => ({ value, label: value }))}
            />
          )}
          {known?.map((sentence) => (
            <p key={sentence} className="muted chosen">
              {sentence}
            </p>
          ))}
          {data && (
            <p className="muted chosen">
              {known?.length === 0 ? text.rcep.proof.noRule : data.meta.source[language]}{' '}
              <span className="mark caution">{text.rcep.proof.confirm}</span>
              {given && (
                <Button type="link" size="small" onClick={() => onChange({ ...draft, rule: null })}>
                  {labels.ownRule}
                </Button>
              )}
            </p>
          )}
        </>
      )}
    </Field>
  )
}

/** The products a rule tells apart by words; none where it is the same for all. */
function productsOf(parsed: unknown): string[] {
  if (typeof parsed !== 'object' || parsed === null || !('cases' in parsed) || !Array.isArray(parsed.cases))
    return []
  return parsed.cases.flatMap((one) => (typeof one?.condition === 'string' ? [one.condition] : []))
}
