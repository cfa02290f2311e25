import type { ReactNode } from 'react'
import { useId } from 'react'

/** A part of a page: its heading, what can be chosen about it, and the content. */
export function Section(props: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{props.title}</h2>
        {props.extra && <div className="section-extra">{props.extra}</div>}
      </header>
      {props.children}
    </section>
  )
}
