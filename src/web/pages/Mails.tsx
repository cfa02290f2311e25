import { Segmented } from 'antd'
import { useState } from 'react'
import { useInbox, useMails } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MailView, type ShownMail } from '../components/MailView.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'

/** What was sent, and in the demo what arrived. */
export function Mails() {
  const { text } = useText()
  const inbox = useInbox()
  const [box, setBox] = useChoice('box', ['sent', 'inbox'])
  return (
    <>
      <PageHead
        title={text.ways.mails}
        tools={
          inbox.data && (
            <Segmented
              aria-label={text.ways.mails}
              value={box}
              onChange={setBox}
              options={(['sent', 'inbox'] as const).map((value) => ({
                value,
                label: text.mails.boxes[value],
              }))}
            />
          )
        }
      />
      {box === 'inbox' ? <Caught /> : <Archive />}
    </>
  )
}

function Archive() {
  const { text } = useText()
  return (
    <Loaded query={useMails()} rows={8}>
      {({ data }) => (
        <MailBox
          mails={data.map((mail) => ({
            id: String(mail.id),
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            state: { code: mail.state, name: text.mails.states[mail.state] },
            facts: [
              [text.mails.to, mail.recipient],
              [text.mails.reason, text.mails.reasons[mail.reason] ?? mail.reason],
              [text.mails.created, dayAndTime(mail.createdAt)],
              [text.mails.sent, mail.sentAt ? dayAndTime(mail.sentAt) : null],
              [text.mails.attempts, mail.attempts > 0 ? String(mail.attempts) : null],
              [text.mails.next, mail.state === 'queued' ? dayAndTime(mail.nextAttemptAt) : null],
              [text.mails.answer, mail.smtpResponse],
              [text.mails.error, mail.lastError],
            ],
            when: dayAndTime(mail.createdAt),
          }))}
        />
      )}
    </Loaded>
  )
}

function Caught() {
  const { text } = useText()
  return (
    <Loaded query={useInbox()} rows={8}>
      {(inbox) => (
        <MailBox
          mails={(inbox ?? []).map((mail) => ({
            id: mail.id,
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            state: null,
            facts: [
              [text.mails.from, mail.from],
              [text.mails.to, mail.to],
              [text.mails.sent, mail.date && dayAndTime(mail.date)],
            ],
            when: mail.date ? dayAndTime(mail.date) : '',
          }))}
        />
      )}
    </Loaded>
  )
}

function MailBox({ mails }: { mails: ShownMail[] }) {
  const { text } = useText()
  const [chosen, choose] = useState<string | null>(null)
  const open = mails.find((mail) => mail.id === chosen) ?? mails[0]
  if (!open) return <EmptyState title={text.mails.none} next={text.mails.noneNext} />
  return (
    <div className="mail-box">
      <ul className="mail-list" aria-label={text.mails.list}>
        {mails.map((mail) => (
          <li key={mail.id}>
            <button type="button" aria-pressed={mail.id === open.id} onClick={() => choose(mail.id)}>
              <span className="mail-subject">{mail.subject}</span>
              <span className="muted">
                {mail.when} {mail.state?.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <MailView key={open.id} mail={open} />
    </div>
  )
}
