import type { ReactNode } from 'react'
import { type Computation, HowComputed } from './HowComputed.tsx'

/** One headline: its name, the figure with its unit, and the lines that put it in proportion. */
export function HeadlineFigure(props: {
  name: string
  value: string
  unit: string
  lines: { name: string; value: ReactNode }[]
  computation: Computation
}) {
  return (
    <div className="figure">
      <div className="figure-name">
        {props.name}
        <HowComputed computation={props.computation} />
      </div>
      <div className="figure-value">
        {props.value}
        <small>{props.unit}</small>
      </div>
      <div className="figure-lines">
        {props.lines.map((line) => (
          <span key={line.name}>
            <span className="muted">{line.name}</span> {line.value}
          </span>
        ))}
      </div>
    </div>
  )
}
