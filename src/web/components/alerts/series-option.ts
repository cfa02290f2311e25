import type { SeriesPoint } from '../../api-alerts.ts'
import type { MoneyUnit } from '../../format.ts'
import { month } from '../../format.ts'
import type { Language } from '../../language.tsx'
import type { Text } from '../../text/zh.ts'
import { colours } from '../../theme.ts'
import { type ChartOption, frameOf } from '../chart-option.ts'

interface Shown {
  points: readonly SeriesPoint[]
  unit: MoneyUnit
  revised: readonly string[]
  language: Language
  text: Text
}

/**
 * A warning's series: the forecast band as a grey ribbon, the year before as a thin line, the amount over both with gaps where
 * nothing was loaded. What fired, grew worse or ended is written at its point; revised periods are hollow diamonds.
 */
export function seriesOption({ points, unit, revised, language, text }: Shown): ChartOption {
  const labels = text.alerts.warning
  // Doubles are enough to draw with.
  const scaled = (value: string | number | null) =>
    value === null ? null : Number(value) / 10 ** unit.exponent
  const line = { type: 'line' as const, connectNulls: false }
  const band = { ...line, symbol: 'none', lineStyle: { opacity: 0 }, stack: 'band', silent: true, z: 1 }
  return {
    ...frameOf({
      categories: points.map(({ period }) => month(period, language)),
      unit: unit.label,
      format: (value) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
    }),
    legend: {
      right: 16,
      top: 0,
      itemWidth: 20,
      data: [labels.value, labels.lastYear, labels.forecast],
      textStyle: { color: colours.muted, fontSize: 12 },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      textStyle: { fontSize: 12, color: colours.ink },
      formatter: (given) => tooltip(given, points, { unit, language, text }),
    },
    series: [
      { ...band, name: 'lower', data: points.map(({ lower }) => scaled(lower)) },
      {
        ...band,
        name: labels.forecast,
        itemStyle: { color: colours.line },
        areaStyle: { color: colours.line, opacity: 0.7 },
        data: points.map(({ lower, upper }) =>
          lower === null || upper === null ? null : (scaled(upper) ?? 0) - (scaled(lower) ?? 0),
        ),
      },
      {
        ...line,
        name: labels.lastYear,
        itemStyle: { color: colours.lastYear },
        lineStyle: { color: colours.lastYear, width: 1 },
        symbol: 'circle',
        symbolSize: 3,
        z: 2,
        data: points.map(({ base }) => scaled(base)),
      },
      {
        ...line,
        name: labels.value,
        itemStyle: { color: colours.primary },
        lineStyle: { color: colours.primary, width: 2.5 },
        symbol: 'circle',
        symbolSize: 6,
        // Where the periods stand close, the marked ones would otherwise be left out.
        showAllSymbol: true,
        z: 3,
        data: points.map((point) => ({
          value: scaled(point.value),
          ...marked(point, revised, text),
        })),
      },
    ],
  }
}

function marked({ period, event }: SeriesPoint, revised: readonly string[], text: Text) {
  const isRevised = revised.some(
    (month) =>
      month === period ||
      (period.endsWith('/02') && /-0[12]$/.test(month) && month.startsWith(period.slice(0, 4))),
  )
  const colour = event === 'resolved' ? colours.good : colours.bad
  return {
    ...(isRevised && { symbol: 'emptyDiamond', symbolSize: 12 }),
    ...(event && {
      itemStyle: { color: colour },
      symbolSize: 10,
      label: {
        show: true,
        position: 'top' as const,
        color: colour,
        fontSize: 12,
        formatter: text.alerts.warning.events[event],
      },
    }),
  }
}

/** One line each for amount, year before and band; the ribbon is drawn of two stacked lines that say nothing themselves. */
function tooltip(
  given: unknown,
  points: readonly SeriesPoint[],
  { unit, language, text }: Pick<Shown, 'unit' | 'language' | 'text'>,
): string {
  const [first] = Array.isArray(given) ? given : [given]
  const point = points[(first as { dataIndex?: number } | undefined)?.dataIndex ?? -1]
  if (!point) return ''
  const labels = text.alerts.warning
  const shown = (value: string | number | null) =>
    value === null
      ? '—'
      : (Number(value) / 10 ** unit.exponent).toLocaleString('en', { maximumFractionDigits: 2 })
  const lines = [
    `${labels.value} ${shown(point.value)}`,
    `${labels.lastYear} ${shown(point.base)}`,
    ...(point.lower === null ? [] : [`${labels.forecast} ${shown(point.lower)} – ${shown(point.upper)}`]),
    ...(point.event ? [labels.events[point.event]] : []),
  ]
  return [month(point.period, language), ...lines].join('<br>')
}
