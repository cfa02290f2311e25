import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { Warning as Standing } from '../api.ts'
import { useRules, useWarning } from '../api-alerts.ts'
import { Acknowledge, Silence } from '../components/alerts/Follow.tsx'
import { HistorySection } from '../components/alerts/HistorySection.tsx'
import { SeriesSection } from '../components/alerts/SeriesSection.tsx'
import { explorerAddress, whyText } from '../components/alerts/why.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { ExposedEnterprises } from '../components/ExposedEnterprises.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { Severity, ValueAndBase, WarningSubject } from '../components/warning-parts.tsx'
import { month } from '../format.ts'
import { RequestError } from '../http.ts'
import { useText } from '../language.tsx'
import '../styles/alerts.css'

/** What is this warning about, why did it fire, whom does it concern, and who looks after it? */
export function Warning() {
  const { text } = useText()
  const given = useParams().id ?? ''
  const id = /^\d{1,9}$/.test(given) ? Number(given) : 0
  const warning = useWarning(id)
  const isMissing =
    id === 0 || (warning.error instanceof RequestError && [400, 404].includes(warning.error.status))
  if (isMissing)
    return (
      <>
        <PageHead title={text.alerts.warning.title} />
        <EmptyState
          title={text.alerts.warning.notFound}
          next={<Link to="/warnings">{text.alerts.warning.back}</Link>}
        />
      </>
    )
  return (
    <Loaded query={warning} rows={12}>
      {({ data, meta }) => (
        <>
          <PageHead
            title={text.alerts.warning.title}
            answer={
              <>
                <WarningSubject warning={data} /> <ValueAndBase warning={data} />
              </>
            }
            tools={
              <>
                <Acknowledge key={`acknowledge ${data.id}`} warning={data} />
                <Silence key={`silence ${data.id}`} warning={data} />
                <Link to="/warnings">
                  <Button>{text.alerts.warning.back}</Button>
                </Link>
              </>
            }
          />
          <Why warning={data} isSilenced={meta.silenced} />
          <SeriesSection warning={data} />
          <div className="columns">
            <Section title={text.alerts.warning.exposed}>
              <ExposedEnterprises warning={data} />
            </Section>
            <HistorySection warning={data} />
          </div>
        </>
      )}
    </Loaded>
  )
}

function Why({ warning, isSilenced }: { warning: Standing; isSilenced: boolean }) {
  const { language, text } = useText()
  const labels = text.alerts.warning
  const rules = useRules()
  const rule = rules.data?.data.find(({ id }) => id === warning.rule.id)
  const title = warning.open
    ? labels.whyTitle
    : warning.state === 'pending'
      ? labels.whyPending
      : labels.whyEnded
  return (
    <Section
      title={title}
      extra={
        <>
          <Link to={explorerAddress(warning)}>{labels.explore}</Link>
          <Link to={`/warnings/rules/${warning.rule.id}`}>{labels.seeRule}</Link>
        </>
      }
    >
      <p className="gap-below-small">{rule && whyText(warning, rule, { language, text })}</p>
      {warning.state === 'pending' && rule && <p className="note">{labels.pending(rule.for)}</p>}
      {warning.state === 'no-data' && <p className="note">{labels.noData}</p>}
      {warning.resolvedPeriod && <p>{labels.ended(month(warning.resolvedPeriod, language))}</p>}
      {isSilenced && <p className="note">{labels.silenced}</p>}
      <dl className="facts-row">
        <Fact name={text.alerts.board.severity}>
          <Severity severity={warning.rule.severity} />
        </Fact>
        <Fact name={labels.state}>{text.alerts.states[warning.state]}</Fact>
        <Fact name={labels.since}>
          {warning.firedPeriod === null ? '—' : month(warning.firedPeriod, language)}
        </Fact>
        <Fact name={labels.latest}>{month(warning.period, language)}</Fact>
        <Fact name={labels.owner}>
          {warning.acknowledged?.owner ?? <span className="muted">{text.warnings.nobody}</span>}
          {warning.acknowledged?.note && <p className="muted">{warning.acknowledged.note}</p>}
        </Fact>
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
