import { Input, Segmented } from 'antd'
import { useSearchParams } from 'react-router'
import { useInbox } from '../api.ts'
import { useMail, useMailList } from '../api-alerts.ts'
import { Addresses } from '../components/alerts/Addresses.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MailView, type ShownMail } from '../components/MailView.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { count, dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'
import '../styles/alerts.css'
import { useChoice } from '../use-choice.ts'

const states = ['all', 'sent', 'queued', 'failed', 'bounced'] as const

/** What was sent, what came back, and in the demo what arrived. */
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
  const labels = text.alerts.mails
  const [state, setState] = useChoice('state', states)
  const { parameter: words, set: setWords } = useParameter('q')
  const mails = useMailList(state === 'all' ? undefined : state)
  return (
    <>
      <Addresses />
      <div className="tools gap-below no-print">
        <Segmented
          aria-label={labels.state}
          value={state}
          onChange={setState}
          options={states.map((value) => ({ value, label: labels.states[value] }))}
        />
        <Input
          aria-label={labels.search}
          placeholder={labels.search}
          className="search"
          allowClear
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </div>
      <Loaded query={mails} rows={8}>
        {({ data }) => {
          const shown = data.filter(({ recipient, subject }) =>
            `${recipient} ${subject}`.toLowerCase().includes(words.trim().toLowerCase()),
          )
          if (data.length > 0 && shown.length === 0) return <EmptyState title={labels.none} />
          return (
            <MailBox
              empty={state === 'all' ? undefined : labels.none}
              mails={shown.map((mail) => ({
                id: String(mail.id),
                subject: mail.subject,
                text: mail.text,
                html: mail.html,
                state: mail.bounced
                  ? { code: 'failed', name: labels.states.bounced }
                  : { code: mail.state, name: text.mails.states[mail.state] },
                attachment: mail.hasAttachment ? <Attachment id={mail.id} /> : null,
                facts: [
                  [text.mails.to, mail.recipient],
                  [text.mails.reason, text.mails.reasons[mail.reason] ?? mail.reason],
                  [text.mails.created, dayAndTime(mail.createdAt)],
                  [text.mails.sent, mail.sentAt ? dayAndTime(mail.sentAt) : null],
                  [text.mails.attempts, mail.attempts > 0 ? count(mail.attempts) : null],
                  [text.mails.next, mail.state === 'queued' ? dayAndTime(mail.nextAttemptAt) : null],
                  [text.mails.answer, mail.smtpResponse],
                  [text.mails.error, mail.lastError],
                  [
                    labels.bounced,
                    mail.bounced &&
                      `${dayAndTime(mail.bounced.at)} ${mail.bounced.status} ${mail.bounced.diagnostic}`,
                  ],
                ],
                when: dayAndTime(mail.createdAt),
              }))}
            />
          )
        }}
      </Loaded>
    </>
  )
}

/** What went out with a mail, asked when the mail is looked at. */
function Attachment({ id }: { id: number }) {
  const { text } = useText()
  const attachment = useMail(id).data?.data.attachment
  if (!attachment) return null
  return (
    <a
      href={`data:text/csv;charset=utf-8,${encodeURIComponent(attachment)}`}
      download="warnings.csv"
      className="gap-below-small"
    >
      {text.alerts.mails.attachment}
    </a>
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
            attachment: null,
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

function MailBox({ mails, empty }: { mails: ShownMail[]; empty?: string | undefined }) {
  const { text } = useText()
  const { parameter: chosen, set: choose } = useParameter('mail')
  const open = mails.find((mail) => mail.id === chosen) ?? mails[0]
  if (!open)
    return <EmptyState title={empty ?? text.mails.none} next={empty ? undefined : text.mails.noneNext} />
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

/** A parameter of the address that takes any text. */
function useParameter(name: string): { parameter: string; set: (value: string) => void } {
  const [params, setParams] = useSearchParams()
  const set = (value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  return { parameter: params.get(name) ?? '', set }
}
