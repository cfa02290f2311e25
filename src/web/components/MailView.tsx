import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../language.tsx'

export interface ShownMail {
  id: string
  subject: string
  when: string
  text: string
  html: string | null
  state: { code: string; name: string } | null
  /** A way to what went out with it. */
  attachment: ReactNode
  /** Name and value; lines without a value are left out. */
  facts: [string, string | null][]
}

/** A mail as its reader sees it. The HTML gets a frame of its own in which nothing runs and nothing reaches out. */
export function MailView({ mail }: { mail: ShownMail }) {
  const { text } = useText()
  const plain = {
    key: 'text',
    label: text.mails.plain,
    children: <pre className="mail-text">{mail.text}</pre>,
  }
  const html = mail.html && {
    key: 'html',
    label: text.mails.html,
    children: <iframe className="mail-html" sandbox="" srcDoc={mail.html} title={mail.subject} />,
  }
  return (
    <article className="section mail" aria-label={mail.subject}>
      <h2>{mail.subject}</h2>
      <dl className="facts">
        {mail.state && (
          <>
            <dt>{text.mails.state}</dt>
            <dd className={`state ${mail.state.code}`}>{mail.state.name}</dd>
          </>
        )}
        {mail.facts.map(([name, value]) => value !== null && <Fact key={name} name={name} value={value} />)}
      </dl>
      {mail.attachment}
      <Tabs destroyOnHidden items={html ? [html, plain] : [plain]} />
    </article>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
