import { Link } from 'react-router'
import type { Warning } from '../../api.ts'
import { type HistoryEntry, useHistory } from '../../api-alerts.ts'
import { dayAndTime, moneyText, month, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { Section } from '../Section.tsx'
import { measureText } from './measure-text.ts'

/** What happened to a warning, newest first: states, who took it on, mails. */
export function HistorySection({ warning }: { warning: Warning }) {
  const { text } = useText()
  const labels = text.alerts.warning
  return (
    <Section title={labels.history}>
      <Loaded query={useHistory(warning.id)}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.noHistory} />
          ) : (
            <ol className="rows">
              {data.map((entry, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and the newest is always first
                <li key={index}>
                  <span className={`state ${entry.kind}`}>{labels.kinds[entry.kind] ?? entry.kind}</span>
                  <div>
                    <What entry={entry} warning={warning} />
                    <div className="muted">{dayAndTime(entry.at)}</div>
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Section>
  )
}

function What({ entry, warning }: { entry: HistoryEntry; warning: Warning }) {
  const { language, text } = useText()
  const labels = text.alerts.warning
  const { mail, by, owner, note, period, value, base, change, cause } = entry
  if (mail)
    return (
      <Link to={`/mails?mail=${mail.id}`} className="breakable">
        {labels.mailed(
          mail.recipient,
          (text.alerts.mails.states as Record<string, string>)[mail.state] ?? mail.state,
        )}
      </Link>
    )
  if (by)
    return (
      <>
        {labels.takenBy(by, owner ?? by)}
        {note && <p>{note}</p>}
      </>
    )
  const unit = unitFor([value, base], { currency: warning.currency, language, use: 'figure' })
  const lead = warning.measured[0]?.measure ?? 'yoy'
  return (
    <>
      {period && `${month(period, language)} `}
      {value !== null && `${text.warnings.against(moneyText(value, unit), moneyText(base, unit))} `}
      {change !== null && <strong className="nowrap">{measureText(lead, change)}</strong>}
      {cause === 'rule' && <span className="muted"> {labels.causes.rule}</span>}
    </>
  )
}
