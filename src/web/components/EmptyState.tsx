import type { ReactNode } from 'react'

/** Nothing to show: says so, and what to do next. */
export function EmptyState(props: { title: string; next?: ReactNode }) {
  return (
    <div className="empty">
      <p>{props.title}</p>
      {props.next && <p className="muted">{props.next}</p>}
    </div>
  )
}
