import { lazy, Suspense, useMemo } from 'react'
import { colours } from '../../theme.ts'
import type { ChartOption } from '../chart-option.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

const height = 380
const sizes = { least: 6, most: 34 }

/** One product: where it stands, how large it is drawn, and what is said about it. */
export interface Point {
  name: string
  x: number
  y: number
  weight: number
  strong: boolean
  detail: string
}

/** Products between two measures; those with an advantage are filled, the others hollow. The axes cross at zero. */
export function Scatter(props: {
  points: Point[]
  axes: { x: string; y: string }
  legend: { strong: string; weak: string }
  label: string
}) {
  const { points, axes, legend, label } = props
  const option = useMemo(() => scatterOption(points, axes, legend), [points, axes, legend])
  return (
    <Suspense fallback={<div style={{ height }} />}>
      <Chart option={option} label={label} height={height} />
    </Suspense>
  )
}

function scatterOption(
  points: readonly Point[],
  axes: { x: string; y: string },
  legend: { strong: string; weak: string },
): ChartOption {
  const label = { color: colours.muted, fontSize: 12 }
  const heaviest = Math.max(...points.map(({ weight }) => weight), 1)
  const axis = (name: string, gap: number) => ({
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: gap,
    nameTextStyle: label,
    axisLabel: { ...label, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: colours.muted } },
    splitLine: { lineStyle: { color: colours.line } },
    scale: true,
  })
  const series = (strong: boolean) => ({
    type: 'scatter' as const,
    name: strong ? legend.strong : legend.weak,
    data: points
      .filter((point) => point.strong === strong)
      .map(({ x, y, weight, name, detail }) => ({
        value: [x, y],
        name: `${name} ${detail}`,
        // The area stands for the weight.
        symbolSize: sizes.least + (sizes.most - sizes.least) * Math.sqrt(Math.max(0, weight) / heaviest),
      })),
    itemStyle: strong
      ? { color: colours.primary, opacity: 0.75 }
      : { color: 'transparent', borderColor: colours.muted, borderWidth: 1.5 },
  })
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 44, right: 20, top: 36, bottom: 44, outerBoundsMode: 'none' },
    legend: { right: 0, top: 0, textStyle: label },
    tooltip: {
      trigger: 'item',
      confine: true,
      textStyle: { fontSize: 12, color: colours.ink },
      formatter: (shown) => {
        const [one] = Array.isArray(shown) ? shown : [shown]
        return String(one?.name ?? '')
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
      },
    },
    xAxis: axis(axes.x, 28),
    yAxis: axis(axes.y, 32),
    series: [series(true), series(false)],
  }
}
