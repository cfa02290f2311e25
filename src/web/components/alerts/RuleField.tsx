import { createContext, type ReactNode, useContext } from 'react'
import { useText } from '../../language.tsx'
import { LabelledField } from './fields.tsx'
import type { RuleProblem } from './rule-draft.ts'

/** What the service holds against the rule being edited. */
export const ProblemOfRule = createContext<RuleProblem | null>(null)

/** A field of a rule, with what the service says against it when it is the one it names. */
export function RuleField(props: {
  label: string
  path: string
  help?: string
  wide?: boolean
  children: Parameters<typeof LabelledField>[0]['children']
}): ReactNode {
  const { text } = useText()
  const problem = useContext(ProblemOfRule)
  const isNamed =
    problem !== null && (problem.field === props.path || problem.field.startsWith(`${props.path}.`))
  return (
    <LabelledField {...props} problem={isNamed ? text.alerts.rule.wrong(problem.allowed) : null}>
      {props.children}
    </LabelledField>
  )
}
