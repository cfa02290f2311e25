import { type ReactNode, useId } from 'react'

/** A label, the input it names, and what helps or is wrong below it. */
export function LabelledField(props: {
  label: string
  help?: string | undefined
  problem?: string | null
  wide?: boolean
  children: (id: string, described: { 'aria-describedby'?: string; status?: 'error' }) => ReactNode
}) {
  const id = useId()
  const { label, help, problem } = props
  const note = problem ?? help
  const described = {
    ...(note && { 'aria-describedby': `${id}-note` }),
    ...(problem && { status: 'error' as const }),
  }
  return (
    <div className={props.wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {props.children(id, described)}
      {note && (
        <span
          id={`${id}-note`}
          className={problem ? 'field-problem bad' : 'field-help'}
          role={problem ? 'alert' : undefined}
        >
          {note}
        </span>
      )}
    </div>
  )
}

/** Several inputs under one name. */
export function FieldGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="field field-group">
      <legend>{label}</legend>
      {children}
    </fieldset>
  )
}
