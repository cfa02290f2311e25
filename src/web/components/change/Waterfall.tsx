import { lazy, Suspense, useMemo } from 'react'
import { points } from '../../format.ts'
import { useText } from '../../language.tsx'
import { colours } from '../../theme.ts'
import { type ChartOption, lyingAxes } from '../chart-option.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

const barHeight = 28

/** One step of a waterfall, in percentage points. */
export interface Step {
  name: string
  pull: number
}

/** Steps from nothing to their sum, one under the other; the sum stands last. Rises and falls differ in direction and colour. */
export function Waterfall({ steps, total }: { steps: Step[]; total: number }) {
  const { text } = useText()
  const labels = text.change.who
  const option = useMemo(
    () => waterfallOption(steps, { name: labels.whole, pull: total }, labels.unit),
    [steps, total, labels],
  )
  const height = (steps.length + 1) * barHeight + 56
  const largest = steps.toSorted((a, b) => Math.abs(b.pull) - Math.abs(a.pull))[0]
  const label = labels.spoken(largest ? `${largest.name} ${points(largest.pull, 2)}` : '', points(total, 2))
  return (
    <Suspense fallback={<div style={{ height }} />}>
      <Chart option={option} label={label} height={height} />
    </Suspense>
  )
}

function waterfallOption(steps: readonly Step[], whole: Step, unit: string): ChartOption {
  let reached = 0
  const spans = steps.map(({ pull }) => {
    const from = reached
    reached += pull
    return { from, to: reached }
  })
  const bars = [...spans, { from: 0, to: whole.pull }]
  const names = [...steps, whole].map(({ name }) => name)
  const colour = (at: number) =>
    at === steps.length
      ? colours.lastYear
      : (bars[at]?.to ?? 0) < (bars[at]?.from ?? 0)
        ? colours.bad
        : colours.primary
  const drawn = (part: (bar: { low: number; high: number }) => number) =>
    bars.map(({ from, to }, at) => ({
      value: part({ low: Math.min(from, to), high: Math.max(from, to) }),
      itemStyle: { color: colour(at) },
    }))
  const format = (value: number) => points(value, 2)
  const digits = bars.every(({ from, to }) => Math.max(Math.abs(from), Math.abs(to)) < 0.5) ? 2 : 1
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: {
      left: 16,
      right: 24,
      top: 8,
      bottom: 28,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      textStyle: { fontSize: 12, color: colours.ink },
      formatter: (shown) => {
        const [first] = Array.isArray(shown) ? shown : [shown]
        const step = [...steps, whole][first?.dataIndex ?? 0]
        return step ? `${escaped(step.name)} ${format(step.pull)}` : ''
      },
    },
    ...lyingAxes({ categories: names, unit, format: (value) => points(value, digits) }),
    // A bar that floats stands on an unseen one; one that crosses zero has a part on either side of it.
    series: [
      unseen(bars.map(({ from, to }) => Math.max(0, Math.min(from, to)) + Math.min(0, Math.max(from, to)))),
      seen(drawn(({ low, high }) => Math.max(high, 0) - Math.max(low, 0))),
      seen(drawn(({ low, high }) => Math.min(low, 0) - Math.min(high, 0))),
    ],
  }
}

function unseen(data: number[]) {
  return {
    type: 'bar' as const,
    stack: 'steps',
    data,
    itemStyle: { color: 'transparent' },
    silent: true,
    barMaxWidth: 18,
  }
}

function seen(data: { value: number; itemStyle: { color: string } }[]) {
  return { type: 'bar' as const, stack: 'steps', data, barMaxWidth: 18 }
}

/** A tooltip is markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
