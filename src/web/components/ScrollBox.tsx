import type { ReactNode } from 'react'

/** A box for what may be wider than the page, or with `tall` longer than a screen; table headings stay in sight. */
export function ScrollBox(props: { label: string; tall?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={props.tall ? 'scroll tall' : 'scroll'} tabIndex={0} aria-label={props.label}>
      {props.children}
    </section>
  )
}
