import { Segmented } from 'antd'
import { type Flow, growthAddress, useGrowth } from '../api.ts'
import { type Currency, month, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'
import { useRevisedMonths } from '../vintage.ts'
import type { Span } from '../year-to-date.ts'
import { accountOf } from './HeadlineFigures.tsx'
import { HowComputed } from './HowComputed.tsx'
import { Loaded } from './Loaded.tsx'
import { MonthlyChart } from './MonthlyChart.tsx'
import { MonthsTable } from './MonthsTable.tsx'
import { Section } from './Section.tsx'

/** Month by month: as a chart, or as the figures behind it. */
export function MonthlySection(props: Span & { flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const { since: from, to, flow, currency } = props
  const [view, setView] = useChoice('months', ['chart', 'table'])
  const revised = useRevisedMonths(flow)
  const months = useGrowth({ flow, currency, from, to })
  return (
    <Section
      title={text.monthly.title}
      extra={
        <>
          {months.data && (
            <HowComputed
              computation={{
                of: text.monthly.title,
                formulas: ['month', 'yoy'],
                url: growthAddress({ flow, currency, from, to }),
                ...accountOf(months.data.meta),
              }}
            />
          )}
          <Segmented
            aria-label={text.monthly.title}
            value={view}
            onChange={setView}
            options={(['chart', 'table'] as const).map((value) => ({ value, label: text.views[value] }))}
          />
        </>
      }
    >
      <Loaded query={months} rows={8}>
        {({ data }) => {
          const unit = unitFor(
            data.map((row) => row.value),
            { currency, language, use: view === 'chart' ? 'figure' : 'table' },
          )
          return view === 'chart' ? (
            <>
              <MonthlyChart rows={data} unit={unit} revised={revised} />
              {revised.length > 0 && (
                <p className="muted">
                  {text.monthly.revised(revised.map((period) => month(period, language)))}
                </p>
              )}
            </>
          ) : (
            <MonthsTable rows={data} unit={unit} label={text.monthly.title} />
          )
        }}
      </Loaded>
    </Section>
  )
}
