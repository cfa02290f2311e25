import { points } from '../../format.ts'
import { colours } from '../../theme.ts'
import { type ChartOption, frameOf } from '../chart-option.ts'

export interface PullBar {
  name: string
  /** Percentage points. */
  pull: number
}

/** The lines that pull most up and those that pull most down, from the strongest to the weakest; at most `each` of either. */
export function strongest<Line extends { pull: number | null }>(
  lines: readonly Line[],
  each: number,
): { up: (Line & { pull: number })[]; down: (Line & { pull: number })[] } {
  const known = lines.filter((line): line is Line & { pull: number } => line.pull !== null)
  return {
    up: known
      .filter(({ pull }) => pull > 0)
      .sort((a, b) => b.pull - a.pull)
      .slice(0, each),
    down: known
      .filter(({ pull }) => pull < 0)
      .sort((a, b) => a.pull - b.pull)
      .slice(0, each),
  }
}

/** Pulls as bars to either side of zero, each with its figure. */
export function pullOption(bars: readonly PullBar[], unit: string): ChartOption {
  const label = { color: colours.muted, fontSize: 12 }
  const {
    xAxis: _,
    yAxis: __,
    legend: ___,
    ...frame
  } = frameOf({ categories: [], unit, format: (value) => points(value, 2) })
  const pulls = bars.map(({ pull }) => pull)
  const [lowest, highest] = [Math.min(...pulls, 0), Math.max(...pulls, 0)]
  // Room for the figures beside the bars.
  const room = (highest - lowest) * 0.14
  return {
    ...frame,
    grid: { ...frame.grid, top: 8, right: 16, bottom: 4 },
    xAxis: {
      type: 'value',
      min: lowest < 0 ? lowest - room : 0,
      max: highest > 0 ? highest + room : 0,
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { ...label, width: 150, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        name: unit,
        data: bars.map(({ pull }) => ({
          value: pull,
          itemStyle: { color: pull < 0 ? colours.lastYear : colours.primary },
          label: { position: pull < 0 ? 'left' : 'right' },
        })),
        label: { ...label, show: true, formatter: ({ value }) => points(Number(value), 2) },
        barMaxWidth: 14,
      },
    ],
  }
}
