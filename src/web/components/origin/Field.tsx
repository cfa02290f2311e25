import { type ReactNode, useId } from 'react'
import { RequestError } from '../../http.ts'
import { useText } from '../../language.tsx'
import type { Text } from '../../text/zh.ts'

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

/** What is wrong, for the reader: the line and the field by name, and what is allowed there. */
export function problemText({ field, allowed }: FieldProblem, text: Text): string {
  const labels = text.preference.bill
  const [, line] = /materials\.(\d+)/.exec(field) ?? []
  const name = labels.fields[lastOf(field)] ?? field
  const where = line === undefined ? name : `${labels.line(Number(line) + 1)} ${name}`
  return `${where}${text.colon}${allowedText({ field, allowed }, text)}`
}

function allowedText({ field, allowed }: FieldProblem, text: Text): string {
  return text.preference.bill.allowed[lastOf(field)] ?? allowed
}

function lastOf(field: string): string {
  return field.split('.').at(-1) ?? field
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
          {text.origin.wrong(allowedText(problem, text))}
        </p>
      )}
    </div>
  )
}
