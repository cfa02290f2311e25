import { Segmented } from 'antd'
import type { Flow } from '../api.ts'
import { type Trade, useOwnTrade } from '../api-portal.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FlowAndCurrency } from '../components/FlowAndCurrency.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MonthlyChart } from '../components/MonthlyChart.tsx'
import { MonthsTable } from '../components/MonthsTable.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { OfFirm } from '../components/portal/OfFirm.tsx'
import { Section } from '../components/Section.tsx'
import { StructureTable } from '../components/StructureTable.tsx'
import { type Currency, growth, moneyText, unitFor, yearToDate } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'

/** How is our own trade doing? By month, product and partner. */
export function MyTrade() {
  const { text } = useText()
  return <OfFirm title={text.portal.trade.title}>{(firm) => <OwnTrade firm={firm} />}</OfFirm>
}

function OwnTrade({ firm }: { firm: string }) {
  const { language, text } = useText()
  const [flow, setFlow] = useChoice('flow', ['export', 'import'])
  const [currency, setCurrency] = useChoice('currency', ['USD', 'CNY'])
  const trade = useOwnTrade(firm, { flow, currency })
  const meta = trade.data?.meta
  const unit = unitFor([meta?.total ?? null], { currency, language, use: 'figure' })
  const answer = !meta?.period
    ? undefined
    : Number(meta.total) === 0
      ? text.portal.trade.nothing(text.flows[flow])
      : text.portal.trade.answer({
          months: yearToDate(meta.period.to, language),
          flow: text.flows[flow],
          value: moneyText(meta.total, unit),
          yoy: meta.yoy === null ? null : growth(meta.yoy),
        })
  return (
    <>
      <PageHead
        title={text.portal.trade.title}
        {...(answer !== undefined && { answer })}
        tools={<FlowAndCurrency flow={flow} onFlow={setFlow} currency={currency} onCurrency={setCurrency} />}
      />
      <Loaded query={trade} rows={12}>
        {({ data }) =>
          data === null ? (
            <EmptyState title={text.portal.trade.none} next={text.portal.trade.noneNext} />
          ) : (
            <Figures trade={data} flow={flow} currency={currency} isPlaceholder={trade.isPlaceholderData} />
          )
        }
      </Loaded>
    </>
  )
}

function Figures(props: { trade: Trade; flow: Flow; currency: Currency; isPlaceholder: boolean }) {
  const { language, text } = useText()
  const { trade, currency } = props
  const [view, setView] = useChoice('months', ['chart', 'table'])
  const unit = unitFor(
    trade.months.map((row) => row.value),
    { currency, language, use: view === 'chart' ? 'figure' : 'table' },
  )
  return (
    <>
      <Section
        title={text.portal.trade.months}
        extra={
          <Segmented
            aria-label={text.portal.trade.months}
            value={view}
            onChange={setView}
            options={(['chart', 'table'] as const).map((value) => ({ value, label: text.views[value] }))}
          />
        }
      >
        {view === 'chart' ? (
          <MonthlyChart rows={trade.months} unit={unit} revised={[]} />
        ) : (
          <MonthsTable rows={trade.months} unit={unit} label={text.portal.trade.months} />
        )}
        <p className="muted">{text.portal.trade.basis}</p>
      </Section>
      {(['products', 'partners'] as const).map((part) => (
        <Section key={part} title={text.portal.trade[part]}>
          <StructureTable
            label={text.portal.trade[part]}
            lines={trade[part]}
            unit={unitFor(
              trade[part].map((line) => line.value),
              { currency, language, use: 'table' },
            )}
            by={part === 'products' ? 'hs8' : 'partner'}
            isPlaceholder={props.isPlaceholder}
          />
        </Section>
      ))}
    </>
  )
}
