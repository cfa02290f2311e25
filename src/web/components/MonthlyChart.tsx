import { lazy, Suspense, useMemo } from 'react'
import type { GrowthRow } from '../api.ts'
import { growth, type MoneyUnit, moneyText, month, monthOfYear } from '../format.ts'
import { type Language, useText } from '../language.tsx'
import type { Text } from '../text/zh.ts'
import { colours } from '../theme.ts'
import { type ChartOption, frameOf } from './chart-option.ts'
import { byYear } from './years.ts'

const Chart = lazy(async () => ({ default: (await import('./Chart.tsx')).Chart }))

const height = 280
const thisYear = { color: colours.primary, lineStyle: { width: 2.5 }, symbol: 'circle', symbolSize: 7, z: 3 }
const revisedMark = { symbol: 'emptyDiamond', symbolSize: 12 }
const lastYear = { color: colours.lastYear, lineStyle: { width: 1 }, symbol: 'circle', symbolSize: 3, z: 2 }

/** The months of the latest year over those of the year before, January and February as one point; revised months are hollow diamonds. */
export function MonthlyChart(props: { rows: GrowthRow[]; unit: MoneyUnit; revised: string[] }) {
  const { rows, unit, revised } = props
  const { language, text } = useText()
  const option = useMemo(
    () => monthlyOption({ rows, unit, revised, language, text }),
    [rows, unit, revised, language, text],
  )
  const last = rows.at(-1)
  const label = last
    ? text.monthly.spoken(month(last.period, language), moneyText(last.value, unit), growth(last.yoy))
    : text.monthly.title
  return (
    <Suspense fallback={<div style={{ height }} />}>
      <Chart option={option} label={label} height={height} />
    </Suspense>
  )
}

/** The same chart for whatever draws it. */
export function monthlyOption(shown: {
  rows: readonly GrowthRow[]
  unit: MoneyUnit
  revised: readonly string[]
  language: Language
  text: Text
}): ChartOption {
  const { rows, unit, revised, language, text } = shown
  const { periods, lines } = byYear(rows)
  return {
    ...frameOf({
      categories: periods.map((period) => monthOfYear(period, language)),
      unit: unit.label,
      format: (value) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
    }),
    series: lines.map((line, index) => ({
      type: 'line',
      name: text.monthly.year(line.year),
      // Doubles are enough to draw with.
      data: line.values.map((value, at) => ({
        value: value === null ? null : Number(value) / 10 ** unit.exponent,
        ...(isRevised(`${line.year}-${periods[at]}`, revised) && revisedMark),
      })),
      connectNulls: false,
      ...(index === 0 ? thisYear : lastYear),
    })),
  }
}

/** The merged period is revised when either of its months was. */
function isRevised(period: string, revised: readonly string[]): boolean {
  return revised.some(
    (month) =>
      month === period ||
      (period.endsWith('/02') && /-0[12]/.test(month) && month.slice(0, 4) === period.slice(0, 4)),
  )
}
