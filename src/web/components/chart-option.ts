import type {
  BarSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
  TreemapSeriesOption,
} from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { colours, fontFamily } from '../theme.ts'

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | TreemapSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>

/** Axes, legend and tooltip every chart here shares: grey, without ornament, the unit above the value axis. */
export function frameOf(options: {
  categories: string[]
  unit: string
  format: (value: number) => string
}): ChartOption {
  const label = { color: colours.muted, fontSize: 12 }
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: {
      left: 0,
      right: 12,
      top: 40,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: { right: 0, top: 0, itemWidth: 20, textStyle: label },
    tooltip: {
      trigger: 'axis',
      confine: true,
      textStyle: { fontSize: 12, color: colours.ink },
      valueFormatter: (value) => (typeof value === 'number' ? options.format(value) : '—'),
    },
    xAxis: {
      type: 'category',
      data: options.categories,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: label,
    },
    yAxis: {
      type: 'value',
      name: options.unit,
      nameTextStyle: { ...label, align: 'left' },
      nameGap: 16,
      axisLabel: { ...label, formatter: options.format },
      splitLine: { lineStyle: { color: colours.line } },
    },
  }
}

/** Axes of bars that lie: the names down the side, the unit below. */
export function lyingAxes(options: {
  categories: string[]
  unit: string
  format: (value: number) => string
}) {
  const label = { color: colours.muted, fontSize: 12 }
  return {
    xAxis: {
      type: 'value',
      name: options.unit,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: options.format, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: options.categories,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { ...label, width: 130, overflow: 'truncate' },
    },
  } satisfies ChartOption
}
