import { Button, Input, Select } from 'antd'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'
import { RuleField } from './RuleField.tsx'
import type { RuleEdit } from './RuleForm.tsx'
import {
  blankRule,
  type Condition,
  comparisons,
  measures,
  mostConditions,
  overs,
  wholes,
} from './rule-draft.ts'

/** The comparisons that must all hold. */
export function RuleConditions({ rule, onChange }: RuleEdit) {
  const { text } = useText()
  const labels = text.alerts.rule
  const { conditions } = rule
  const put = (changed: Condition[]) => onChange({ ...rule, conditions: changed })
  return (
    <Section title={labels.conditions}>
      <ol className="conditions">
        {conditions.map((condition, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          <li key={index}>
            <fieldset className="field-group" aria-label={labels.condition(index + 1)}>
              <div className="entries">
                <Fields
                  condition={condition}
                  path={`conditions.${index}`}
                  isFirst={index === 0}
                  onChange={(changed) => put(conditions.with(index, changed))}
                />
                {conditions.length > 1 && (
                  <Button
                    type="text"
                    className="entry-end entry-button"
                    onClick={() => put(conditions.filter((_, at) => at !== index))}
                  >
                    {labels.removeCondition(index + 1)}
                  </Button>
                )}
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {conditions.length < mostConditions && (
        <Button className="gap-above" onClick={() => put([...conditions, ...blankRule.conditions])}>
          {labels.addCondition}
        </Button>
      )}
    </Section>
  )
}

function Fields(props: {
  condition: Condition
  path: string
  isFirst: boolean
  onChange: (condition: Condition) => void
}) {
  const { text } = useText()
  const labels = text.alerts.rule
  const { condition, path, isFirst, onChange } = props
  return (
    <>
      <RuleField label={labels.measure} path={`${path}.measure`} wide>
        {(id, described) => (
          <Select
            id={id}
            {...described}
            value={condition.measure}
            onChange={(measure) => onChange(withMeasure(condition, measure))}
            options={measures.map((value) => ({ value, label: text.alerts.measures[value] }))}
          />
        )}
      </RuleField>
      <RuleField label={labels.comparison} path={`${path}.comparison`}>
        {(id) => (
          <Select
            id={id}
            value={condition.comparison}
            onChange={(comparison) => onChange({ ...condition, comparison })}
            options={comparisons.map((value) => ({ value, label: text.alerts.comparisons[value] }))}
          />
        )}
      </RuleField>
      <RuleField
        label={labels.threshold}
        path={`${path}.threshold`}
        {...(isFirst && { help: labels.thresholdHelp })}
      >
        {(id, described) => (
          <Input
            id={id}
            {...described}
            inputMode="decimal"
            value={condition.threshold}
            onChange={({ target }) => onChange({ ...condition, threshold: target.value.trim() })}
          />
        )}
      </RuleField>
      {condition.measure === 'share' && (
        <RuleField label={labels.of} path="conditions.of">
          {(id, described) => (
            <Select
              id={id}
              {...described}
              value={condition.of ?? 'total'}
              onChange={(of) => onChange({ ...condition, of })}
              options={wholes.map((value) => ({ value, label: labels.wholes[value] }))}
            />
          )}
        </RuleField>
      )}
      {condition.measure === 'hhi' && (
        <RuleField label={labels.over} path="conditions.over">
          {(id, described) => (
            <Select
              id={id}
              {...described}
              value={condition.over ?? null}
              onChange={(over: NonNullable<Condition['over']>) => onChange({ ...condition, over })}
              options={overs.map((value) => ({ value, label: text.alerts.rollups[value] }))}
            />
          )}
        </RuleField>
      )}
    </>
  )
}

/** What only shares or concentrations have goes when the measure becomes another. */
function withMeasure({ comparison, threshold }: Condition, measure: Condition['measure']): Condition {
  return measure === 'hhi'
    ? { measure, comparison, threshold, over: 'partner' }
    : { measure, comparison, threshold }
}
