import type { ReactNode } from 'react'
import { useText } from '../language.tsx'

/** A page's name, the sentence that answers its question, and what can be chosen. */
export function PageHead(props: { title: string; answer?: ReactNode; tools?: ReactNode }) {
  const { text } = useText()
  return (
    <header className="page-head">
      <title>{`${props.title} · ${text.product}`}</title>
      <h1>
        {props.answer === undefined ? (
          props.title
        ) : (
          <>
            <span className="visually-hidden">{props.title}: </span>
            {props.answer}
          </>
        )}
      </h1>
      {props.tools && <div className="tools">{props.tools}</div>}
    </header>
  )
}
