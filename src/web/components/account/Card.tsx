import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../../language.tsx'
import { LanguageSwitch } from '../LanguageSwitch.tsx'

/** The card of a page for people who are not signed in. */
export function Card(props: { title: string; reason?: string; back?: boolean; children: ReactNode }) {
  const { text } = useText()
  return (
    <main className="sign-in">
      <title>{`${props.title} · ${text.product}`}</title>
      <div className="sign-in-card">
        <div className="sign-in-head">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <div>
            <h1>{text.product}</h1>
            <p className="muted">{text.purpose}</p>
          </div>
        </div>
        {props.reason && (
          <div className="gap-below">
            <h2>{props.title}</h2>
            <p className="muted">{props.reason}</p>
          </div>
        )}
        {props.children}
        <div className="sign-in-foot">
          {props.back ? (
            <Link to="/sign-in">{text.account.back}</Link>
          ) : (
            <Link to="/forgot-password">{text.account.forgot}</Link>
          )}
          <LanguageSwitch />
        </div>
      </div>
    </main>
  )
}
