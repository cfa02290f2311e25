import { Input, InputNumber, Select } from 'antd'
import type { Rule } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'
import { RuleField } from './RuleField.tsx'
import type { RuleEdit } from './RuleForm.tsx'
import { put } from './rule-draft.ts'

const counts = [
  { name: 'for', min: 1, max: 11 },
  { name: 'keepFiringFor', min: 0, max: 11 },
  { name: 'limit', min: 1, max: 100_000 },
] as const

/** How large a series must be, for how long, and what else decides. */
export function RuleSize({ rule, onChange }: RuleEdit) {
  const { text } = useText()
  const labels = text.alerts.rule
  const change = (changes: Partial<Rule>) => onChange({ ...rule, ...changes })
  return (
    <Section title={labels.size}>
      <div className="entries wider">
        <RuleField label={labels.floorOn} path="floor.on">
          {(id) => (
            <Select
              id={id}
              value={rule.floor.on}
              onChange={(on) => change({ floor: { ...rule.floor, on } })}
              options={(['base', 'current'] as const).map((value) => ({
                value,
                label: labels.floors[value],
              }))}
            />
          )}
        </RuleField>
        <RuleField label={labels.floor} path="floor.monthlyAmount">
          {(id, described) => (
            <Input
              id={id}
              {...described}
              inputMode="decimal"
              suffix={text.currencies[rule.selector.currency]}
              value={rule.floor.monthlyAmount}
              onChange={({ target }) =>
                change({ floor: { ...rule.floor, monthlyAmount: target.value.trim() } })
              }
            />
          )}
        </RuleField>
        {counts.map(({ name, min, max }) => (
          <RuleField key={name} label={labels[name]} path={name}>
            {(id, described) => (
              <InputNumber
                id={id}
                {...described}
                min={min}
                max={max}
                precision={0}
                value={rule[name]}
                onChange={(value) => change({ [name]: value ?? min })}
              />
            )}
          </RuleField>
        ))}
        <RuleField label={labels.worseBy} path="worseBy">
          {(id, described) => (
            <Input
              id={id}
              {...described}
              inputMode="decimal"
              value={rule.worseBy}
              onChange={({ target }) => change({ worseBy: target.value.trim() })}
            />
          )}
        </RuleField>
        <RuleField label={labels.escalateAfter} path="escalateAfter">
          {(id, described) => (
            <InputNumber
              id={id}
              {...described}
              min={1}
              max={60}
              precision={0}
              value={rule.escalateAfter ?? null}
              onChange={(value) => onChange(put(rule, 'escalateAfter', value ?? undefined))}
            />
          )}
        </RuleField>
        <Remedy rule={rule} onChange={onChange} />
      </div>
    </Section>
  )
}

/** Whether only series with a trade-remedy case nearby count. */
function Remedy({ rule, onChange }: RuleEdit) {
  const { text } = useText()
  const labels = text.alerts.rule
  const { remedy } = rule
  return (
    <>
      <RuleField label={labels.remedy} path="remedy">
        {(id, described) => (
          <Select
            id={id}
            {...described}
            value={remedy?.market ?? 'none'}
            onChange={(market: 'none' | 'same' | 'any') =>
              onChange(
                put(
                  rule,
                  'remedy',
                  market === 'none' ? undefined : { match: remedy?.match ?? 'hs6', market },
                ),
              )
            }
            options={(['none', 'same', 'any'] as const).map((value) => ({
              value,
              label: labels.remedies[value],
            }))}
          />
        )}
      </RuleField>
      {remedy && (
        <RuleField label={labels.match} path="remedy.match">
          {(id) => (
            <Select
              id={id}
              value={remedy.match}
              onChange={(match) => onChange({ ...rule, remedy: { ...remedy, match } })}
              options={(['hs6', 'hs4'] as const).map((value) => ({ value, label: labels.matches[value] }))}
            />
          )}
        </RuleField>
      )}
    </>
  )
}
