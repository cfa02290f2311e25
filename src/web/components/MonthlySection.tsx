import { Segmented } from 'antd'
import { type Flow, type GrowthRow, growthAddress, useGrowth } from '../api.ts'
import { type Currency, type MoneyUnit, money, month, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'
import { useRevisedMonths } from '../vintage.ts'
import type { Span } from '../year-to-date.ts'
import { Change } from './Change.tsx'
import { accountOf } from './HeadlineFigures.tsx'
import { HowComputed } from './HowComputed.tsx'
import { Loaded } from './Loaded.tsx'
import { MonthlyChart } from './MonthlyChart.tsx'
import { ScrollingTable } from './ScrollingTable.tsx'
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
            <Months rows={data} unit={unit} />
          )
        }}
      </Loaded>
    </Section>
  )
}

function Months({ rows, unit }: { rows: GrowthRow[]; unit: MoneyUnit }) {
  const { language, text } = useText()
  return (
    <ScrollingTable label={text.monthly.title}>
      <thead>
        <tr>
          <th scope="col">{text.monthly.period}</th>
          <th scope="col" className="number">{`${text.value} (${unit.label})`}</th>
          <th scope="col" className="number">
            {text.yoy}
          </th>
          <th scope="col" className="number">{`${text.monthly.ytd} (${unit.label})`}</th>
          <th scope="col" className="number">
            {text.monthly.ytdYoy}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row) => (
          <tr key={row.period}>
            <th scope="row">{month(row.period, language)}</th>
            <td className="number">{money(row.value, unit)}</td>
            <td className="number">
              <Change value={row.yoy} />
            </td>
            <td className="number">{money(row.ytd, unit)}</td>
            <td className="number">
              <Change value={row.ytdYoy} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
