import { Checkbox, Input, Select } from 'antd'
import { useDatasets } from '../../api.ts'
import type { Rule } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'
import { rollupText } from './measure-text.ts'
import { RuleConditions } from './RuleConditions.tsx'
import { RuleField } from './RuleField.tsx'
import { RuleSize } from './RuleSize.tsx'
import { breakdowns, flows, put, ruleSeverities, ruleTopics } from './rule-draft.ts'

export interface RuleEdit {
  rule: Rule
  onChange: (rule: Rule) => void
}

/** Every field of a rule. */
export function RuleForm({ rule, onChange, isNew }: RuleEdit & { isNew: boolean }) {
  return (
    <>
      <Basics rule={rule} onChange={onChange} isNew={isNew} />
      <Series rule={rule} onChange={onChange} />
      <RuleConditions rule={rule} onChange={onChange} />
      <RuleSize rule={rule} onChange={onChange} />
    </>
  )
}

function Basics({ rule, onChange, isNew }: RuleEdit & { isNew: boolean }) {
  const { text } = useText()
  const labels = text.alerts.rule
  const change = (changes: Partial<Rule>) => onChange({ ...rule, ...changes })
  return (
    <Section title={labels.basics}>
      <div className="entries">
        <RuleField label={labels.id} path="id" wide {...(isNew && { help: labels.idHelp })}>
          {(id, described) => (
            <Input
              id={id}
              {...described}
              disabled={!isNew}
              maxLength={60}
              value={rule.id}
              onChange={({ target }) => change({ id: target.value })}
            />
          )}
        </RuleField>
        {(['zh', 'en'] as const).map((language) => (
          <RuleField
            key={language}
            label={language === 'zh' ? labels.nameZh : labels.nameEn}
            path={`name.${language}`}
            wide
          >
            {(id, described) => (
              <Input
                id={id}
                {...described}
                maxLength={80}
                value={rule.name[language]}
                onChange={({ target }) => change({ name: { ...rule.name, [language]: target.value } })}
              />
            )}
          </RuleField>
        ))}
        <RuleField label={labels.severity} path="severity">
          {(id) => (
            <Select
              id={id}
              value={rule.severity}
              onChange={(severity) => change({ severity })}
              options={ruleSeverities.map((value) => ({ value, label: text.warnings.severities[value] }))}
            />
          )}
        </RuleField>
        <RuleField label={labels.topic} path="topic">
          {(id) => (
            <Select
              id={id}
              value={rule.topic}
              onChange={(topic) => change({ topic })}
              options={ruleTopics.map((value) => ({ value, label: text.alerts.topics[value] }))}
            />
          )}
        </RuleField>
        <Checkbox
          className="entry-end"
          checked={rule.enabled}
          onChange={({ target }) => change({ enabled: target.checked })}
        >
          {labels.enabled}
        </Checkbox>
      </div>
    </Section>
  )
}

function Series({ rule, onChange }: RuleEdit) {
  const { text } = useText()
  const labels = text.alerts.rule
  const { selector } = rule
  const datasets = useDatasets()
  const names = [...new Set([selector.dataset, ...(datasets.data?.data.map(({ dataset }) => dataset) ?? [])])]
  const choose = (changed: Rule['selector']) => onChange({ ...rule, selector: changed })
  const change = (changes: Partial<Rule['selector']>) => choose({ ...selector, ...changes })
  return (
    <Section title={labels.series}>
      <div className="entries">
        <RuleField label={labels.dataset} path="selector.dataset">
          {(id) => (
            <Select
              id={id}
              value={selector.dataset}
              onChange={(dataset) => change({ dataset })}
              options={names.map((value) => ({ value, label: value }))}
            />
          )}
        </RuleField>
        <RuleField label={text.flow} path="selector.flow">
          {(id) => (
            <Select
              id={id}
              value={selector.flow}
              onChange={(flow) => change({ flow })}
              options={flows.map((value) => ({ value, label: text.flows[value] }))}
            />
          )}
        </RuleField>
        <RuleField label={labels.by} path="selector.by">
          {(id) => (
            <Select
              id={id}
              value={selector.by}
              onChange={(by) => change({ by })}
              options={breakdowns.map((value) => ({ value, label: rollupText(value, text) }))}
            />
          )}
        </RuleField>
        <RuleField label={labels.currency} path="selector.currency">
          {(id) => (
            <Select
              id={id}
              value={selector.currency}
              onChange={(currency) => change({ currency })}
              options={(['USD', 'CNY'] as const).map((value) => ({ value, label: text.currencies[value] }))}
            />
          )}
        </RuleField>
        <Codes name="hs" label={labels.hs} help={labels.hsHelp} selector={selector} onChange={choose} />
        <Codes
          name="partner"
          label={labels.partner}
          help={labels.partnerHelp}
          selector={selector}
          onChange={choose}
        />
      </div>
    </Section>
  )
}

/** Codes the series are held to; none holds them to nothing and leaves the field out. */
function Codes(props: {
  name: 'hs' | 'partner'
  label: string
  help: string
  selector: Rule['selector']
  onChange: (selector: Rule['selector']) => void
}) {
  const { name, selector } = props
  const change = (codes: string[]) =>
    props.onChange(put(selector, name, codes.length === 0 ? undefined : codes))
  return (
    <RuleField label={props.label} path={`selector.${name}`} help={props.help} wide>
      {(id, described) => (
        <Select
          id={id}
          {...described}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', '，', '、']}
          value={selector[name] ?? []}
          onChange={change}
        />
      )}
    </RuleField>
  )
}
