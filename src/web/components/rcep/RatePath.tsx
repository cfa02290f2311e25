import { lazy, Suspense, useMemo } from 'react'
import type { Advice } from '../../api.ts'
import { missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { colours } from '../../theme.ts'
import { type ChartOption, frameOf } from '../chart-option.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { agreementText, rateText } from './rate-text.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

const height = 220

/** The rates of the years ahead: as steps where they are percentages, and as a table with what pays best each year. */
export function RatePath({ advice }: { advice: Advice }) {
  const { text } = useText()
  const labels = text.rcep.path
  const years = advice.byYear
  const option = useMemo(() => stepChart(years, (code) => agreementText(code, text)), [years, text])
  if (years.length === 0) return <p>{labels.none}</p>
  return (
    <>
      {option && (
        <Suspense fallback={<div style={{ height }} />}>
          <Chart option={option} label={labels.spoken(years.length)} height={height} />
        </Suspense>
      )}
      <ScrollingTable label={labels.title}>
        <thead>
          <tr>
            <th scope="col">{labels.year}</th>
            <th scope="col">{labels.span}</th>
            <th scope="col" className="number">
              {agreementText('RCEP', text)}
            </th>
            <th scope="col" className="number">
              {agreementText('MFN', text)}
            </th>
            <th scope="col">{labels.best}</th>
          </tr>
        </thead>
        <tbody>
          {spansOf(years).map(({ first, last, ...year }) => (
            <tr key={first}>
              <th scope="row">{labels.nth(first, last)}</th>
              <td className="nowrap">{`${year.from} – ${year.to}`}</td>
              <td className="number">{year.rates.RCEP ? rateText(year.rates.RCEP, text) : missing}</td>
              <td className="number">
                {year.rates.MFN ? rateText(year.rates.MFN, text) : missing}
                {year.assumed.includes('MFN') && <span className="mark caution">{labels.assumed}</span>}
              </td>
              <td>{year.best ? agreementText(year.best, text) : labels.undecided}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

/** Years in a row in which everything is the same, as one line. */
function spansOf(years: Advice['byYear']) {
  const spans: (Advice['byYear'][number] & { first: number; last: number })[] = []
  for (const year of years) {
    const open = spans.at(-1)
    const same = open && JSON.stringify([open.rates, open.best, open.assumed])
    if (open && same === JSON.stringify([year.rates, year.best, year.assumed])) {
      open.last = year.year
      open.to = year.to
    } else spans.push({ ...year, first: year.year, last: year.year })
  }
  return spans
}

/** Null when nothing changes or some RCEP rate is no plain percentage. Doubles are enough to draw with. */
function stepChart(years: Advice['byYear'], nameOf: (agreement: string) => string): ChartOption | null {
  const drawn = (['RCEP', 'MFN'] as const).map((agreement) => ({
    agreement,
    values: years.map((year) => percentOf(year.rates[agreement])),
  }))
  const [rcep, mfn] = drawn.map(({ values }) => new Set(values))
  const changes = (rcep?.size ?? 0) > 1 || (mfn?.size ?? 0) > 1
  if (!changes || rcep?.has(null)) return null
  return {
    ...frameOf({
      categories: years.map((year) => year.from.slice(0, 4)),
      unit: '%',
      format: (value) => `${value}%`,
    }),
    series: drawn
      .filter(({ values }) => values.some((value) => value !== null))
      .map(({ agreement, values }) => ({
        type: 'line',
        name: nameOf(agreement),
        data: values,
        step: 'middle',
        symbolSize: agreement === 'RCEP' ? 7 : 3,
        symbol: 'circle',
        color: agreement === 'RCEP' ? colours.primary : colours.lastYear,
        lineStyle: { width: agreement === 'RCEP' ? 2.5 : 1 },
      })),
  }
}

function percentOf(rate: string | undefined): number | null {
  const figure = /^(\d+(?:\.\d+)?)%?$/.exec(rate?.trim() ?? '')?.[1]
  if (figure !== undefined) return Number(figure)
  return rate === 'free' || rate === '無税' ? 0 : null
}
