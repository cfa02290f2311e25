import { Button } from 'antd'
import { Link } from 'react-router'
import { type OwnWarning, useOwnWarnings } from '../api-portal.ts'
import { Change } from '../components/Change.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { OfFirm } from '../components/portal/OfFirm.tsx'
import { ScrollingTable } from '../components/ScrollingTable.tsx'
import { Section } from '../components/Section.tsx'
import { labelText, Severity } from '../components/warning-parts.tsx'
import { moneyText, month, unitFor } from '../format.ts'
import { useText } from '../language.tsx'

/** Which open warnings are about what we trade, and what is our own part? */
export function MyWarnings() {
  const { text } = useText()
  return <OfFirm title={text.portal.warnings.title}>{(firm) => <OwnWarnings firm={firm} />}</OfFirm>
}

function OwnWarnings({ firm }: { firm: string }) {
  const { text } = useText()
  const labels = text.portal.warnings
  const warnings = useOwnWarnings(firm)
  return (
    <>
      <PageHead
        title={labels.title}
        {...(warnings.data && { answer: labels.answer(warnings.data.data.length) })}
        tools={
          <Link to="/warnings?tab=subscription">
            <Button>{labels.subscribe}</Button>
          </Link>
        }
      />
      <Loaded query={warnings} rows={8}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.answer(0)} next={labels.none} />
          ) : (
            <Section title={labels.title}>
              <List warnings={data} />
              <p className="muted">{labels.note}</p>
            </Section>
          )
        }
      </Loaded>
    </>
  )
}

function List({ warnings }: { warnings: OwnWarning[] }) {
  const { text } = useText()
  const labels = text.portal.warnings
  return (
    <ScrollingTable label={labels.title}>
      <thead>
        <tr>
          <th scope="col">{text.warnings.severity}</th>
          <th scope="col">{labels.subject}</th>
          <th scope="col" className="number">
            {labels.own}
          </th>
          <th scope="col" className="number">
            {labels.before}
          </th>
          <th scope="col" className="number">
            {labels.change}
          </th>
          <th scope="col">{labels.since}</th>
          <th scope="col">{text.portal.actions}</th>
        </tr>
      </thead>
      <tbody>
        {warnings.map((warning) => (
          <Row key={warning.id} warning={warning} />
        ))}
      </tbody>
    </ScrollingTable>
  )
}

function Row({ warning }: { warning: OwnWarning }) {
  const { language, text } = useText()
  const { rule, labels, currency, value, base } = warning
  const unit = unitFor([value, base], { currency, language, use: 'table' })
  const subject = labels.map((label) => labelText(label, language)).join(text.comma) || text.warnings.total
  const title = `${language === 'zh' ? rule.nameZh : rule.nameEn}${text.colon}${subject}`
  const change = Number(base) === 0 ? null : Number(value) / Number(base) - 1
  const query = new URLSearchParams({ ask: 'warning', title: title.slice(0, 200) })
  return (
    <tr>
      <td>
        <Severity severity={rule.severity} />
      </td>
      <th scope="row">
        {subject}
        <div className="muted">{language === 'zh' ? rule.nameZh : rule.nameEn}</div>
      </th>
      <td className="number">{moneyText(value, unit)}</td>
      <td className="number">{moneyText(base, unit)}</td>
      <td className="number">
        <Change value={change} />
      </td>
      <td>{warning.firedPeriod ? month(warning.firedPeriod, language) : '—'}</td>
      <td>
        <Link to={`/questions?${query}`}>{text.portal.warnings.ask}</Link>
      </td>
    </tr>
  )
}
