import { Segmented } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { Flow, Warning } from '../../api.ts'
import { type SeriesAnswer, seriesAddress, useSeries } from '../../api-alerts.ts'
import { type MoneyUnit, money, moneyText, month, share, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useChoice } from '../../use-choice.ts'
import { useRevisedMonths } from '../../vintage.ts'
import { Loaded } from '../Loaded.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { measureText } from './measure-text.ts'
import { seriesOption } from './series-option.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))
const height = 300

/** The series behind a warning with its forecast band and its events, and the figures by period. */
export function SeriesSection({ warning }: { warning: Warning }) {
  const { text } = useText()
  const labels = text.alerts.warning
  const [band, setBand] = useChoice('band', ['naive', 'smoothed'])
  const series = useSeries(warning.id, band)
  return (
    <Section
      title={labels.series}
      extra={
        <>
          <Segmented
            aria-label={labels.band}
            value={band}
            onChange={setBand}
            options={(['naive', 'smoothed'] as const).map((value) => ({ value, label: labels.bands[value] }))}
          />
          <a href={seriesAddress(warning.id, band)} target="_blank" rel="noreferrer">
            {text.brief.query}
          </a>
        </>
      }
    >
      <Loaded query={series} rows={8}>
        {(answer) => <Drawn answer={answer} flow={warning.flow as Flow} />}
      </Loaded>
    </Section>
  )
}

function Drawn({ answer, flow }: { answer: SeriesAnswer; flow: Flow }) {
  const { language, text } = useText()
  const labels = text.alerts.warning
  const { data, meta } = answer
  const revisedOfFlow = useRevisedMonths(flow)
  const revised = useMemo(
    () => revisedOfFlow.filter((period) => period >= (data[0]?.period.slice(0, 7) ?? '')),
    [revisedOfFlow, data],
  )
  const unit = useMemo(
    () =>
      unitFor(
        data.map(({ value }) => value),
        { currency: meta.currency as 'USD' | 'CNY', language, use: 'figure' },
      ),
    [data, meta.currency, language],
  )
  const option = useMemo(
    () => seriesOption({ points: data, unit, revised, language, text }),
    [data, unit, revised, language, text],
  )
  const last = data.at(-1)
  const label = last
    ? labels.spoken(data.length, month(last.period, language), moneyText(last.value, unit))
    : labels.series
  return (
    <>
      <Suspense fallback={<div style={{ height }} />}>
        <Chart option={option} label={label} height={height} />
      </Suspense>
      <p className="muted">
        {meta.band.points === 0
          ? labels.noBand
          : labels.bandMeaning(
              share(meta.band.coverage, 0),
              meta.band.observed === null ? null : share(meta.band.observed, 0),
            )}{' '}
        {revised.length > 0 && labels.revisedMark(revised.map((period) => month(period, language)))}
      </p>
      <details>
        <summary>{labels.table}</summary>
        <Figures answer={answer} unit={unit} />
      </details>
    </>
  )
}

function Figures({ answer: { data, meta }, unit }: { answer: SeriesAnswer; unit: MoneyUnit }) {
  const { language, text } = useText()
  const labels = text.alerts.warning
  const range = (lower: number | null, upper: number | null) =>
    lower === null || upper === null
      ? '—'
      : `${money(lower.toFixed(0), unit)} – ${money(upper.toFixed(0), unit)}`
  return (
    <ScrollingTable label={labels.table}>
      <thead>
        <tr>
          <th scope="col">{text.monthly.period}</th>
          <th scope="col" className="number">{`${labels.value} (${unit.label})`}</th>
          <th scope="col" className="number">
            {labels.lastYear}
          </th>
          <th scope="col" className="number">
            {text.alerts.measures[meta.measure]}
          </th>
          <th scope="col" className="number">
            {labels.forecast}
          </th>
          <th scope="col">{labels.state}</th>
        </tr>
      </thead>
      <tbody>
        {data.toReversed().map((point) => (
          <tr key={point.period}>
            <th scope="row">{month(point.period, language)}</th>
            <td className="number">{money(point.value, unit)}</td>
            <td className="number">{money(point.base, unit)}</td>
            <td className="number">{measureText(meta.measure, point.change)}</td>
            <td className="number">{range(point.lower, point.upper)}</td>
            <td>
              {text.alerts.states[point.state]}
              {point.event && ` · ${labels.events[point.event]}`}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
