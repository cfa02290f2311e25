import { type ReactNode, useId } from 'react'
import { RequestError } from '../../http.ts'
import { useText } from '../../language.tsx'

/** What the service found wrong with a case: the field's path and what is allowed there. */
export interface FieldProblem {
  field: string
  allowed: string
}

/** The field a refusal names; null where it names none. */
export function fieldProblemOf(error: Error | null): FieldProblem | null {
  if (!(error instanceof RequestError)) return null
  const { field, allowed } = error.problem
  return field === undefined ? null : { field, allowed: allowed ?? '' }
}

/** A labelled entry with what the service says against it, when `path` is the field it names. */
export function Field(props: {
  label: string
  path: string
  problem: FieldProblem | null
  className?: string
  children: (field: { id: string; status: 'error' | '' }) => ReactNode
}) {
  const { text } = useText()
  const id = useId()
  const { problem, path } = props
  const wrong = problem !== null && (problem.field === path || problem.field.startsWith(`${path}.`))
  return (
    <div className={`field ${props.className ?? ''}`}>
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, status: wrong ? 'error' : '' })}
      {wrong && (
        <p role="alert" className="bad field-problem">
          {text.origin.wrong(problem.allowed)}
        </p>
      )}
    </div>
  )
}
