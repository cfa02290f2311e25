import { lazy, Suspense, useMemo } from 'react'
import type { StructureRow } from '../../api.ts'
import type { MoneyUnit } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { colours } from '../../theme.ts'
import { type ChartOption, frameOf, lyingAxes } from '../chart-option.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

const mostBars = 15
const barHeight = 26

/** The largest lines as bars, in the order of the table; the line of the rest is left out. */
export function BarsChart({ lines, unit }: { lines: StructureRow[]; unit: MoneyUnit }) {
  const { language, text } = useText()
  const shown = useMemo(() => lines.filter(({ code }) => code !== 'other').slice(0, mostBars), [lines])
  const option = useMemo<ChartOption>(() => {
    const names = shown.map((line) => nameOf({ ...line, nameZh: line.name }, language))
    const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 })
    const drawn = { categories: names, unit: unit.label, format }
    const { legend: _, ...frame } = frameOf(drawn)
    return {
      ...frame,
      grid: { ...frame.grid, top: 8, left: 16, right: 24, bottom: 28 },
      ...lyingAxes(drawn),
      series: [
        {
          type: 'bar',
          name: text.value,
          // Doubles are enough to draw with.
          data: shown.map((line) => Number(line.value) / 10 ** unit.exponent),
          itemStyle: { color: colours.primary },
          barMaxWidth: 16,
        },
      ],
    }
  }, [shown, unit, language, text])
  const height = shown.length * barHeight + 60
  return (
    <Suspense fallback={<div style={{ height }} />}>
      <Chart option={option} label={text.explorer.bars(shown.length)} height={height} />
    </Suspense>
  )
}
