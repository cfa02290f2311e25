import { Input } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import type { Rule } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'
import type { RuleEdit } from './RuleForm.tsx'
import { missingField } from './rule-draft.ts'

const yaml = () => import('yaml')

/** The rule as the command line's files have it; what is typed shows in the form as soon as it can be read. */
export function RuleYaml({ rule, onChange }: RuleEdit) {
  const { text } = useText()
  const labels = text.alerts.rule
  const id = useId()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const ownRule = useRef<Rule>(null)
  useEffect(() => {
    // What was typed here stays as it was typed; what was changed elsewhere is written anew.
    if (ownRule.current === rule) return
    ownRule.current = rule
    void yaml().then(({ stringify }) => {
      setTyped(stringify(rule))
      setWrong(null)
    })
  }, [rule])
  const type = async (value: string) => {
    setTyped(value)
    const { parse } = await yaml()
    try {
      const given: unknown = parse(value)
      const missing = missingField(given)
      setWrong(missing)
      if (missing !== null) return
      ownRule.current = given as Rule
      onChange(given as Rule)
    } catch (error) {
      setWrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  return (
    <Section title={labels.yaml}>
      <label htmlFor={id} className="muted">
        {labels.yamlHelp}
      </label>
      <div className="yaml">
        <Input.TextArea
          id={id}
          aria-describedby={`${id}-wrong`}
          status={wrong === null ? '' : 'error'}
          autoSize={{ minRows: 24 }}
          spellCheck={false}
          value={typed}
          onChange={({ target }) => void type(target.value)}
        />
      </div>
      <p id={`${id}-wrong`} role="alert" className="bad">
        {wrong !== null && labels.yamlWrong(wrong)}
      </p>
    </Section>
  )
}
