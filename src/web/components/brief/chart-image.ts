import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { ChartBlock } from './blocks.ts'

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** Width of a chart on paper, in CSS pixels: the text width of an A4 page. */
export const imageWidth = 600
const sharpness = 2

/** A chart drawn off the page, as the bytes of a PNG. */
export function chartImage({ option, height }: Pick<ChartBlock, 'option' | 'height'>): Uint8Array {
  const box = document.createElement('div')
  const chart = echarts.init(box, null, { renderer: 'canvas', width: imageWidth, height })
  try {
    chart.setOption(option)
    const url = chart.getDataURL({ type: 'png', pixelRatio: sharpness, backgroundColor: '#ffffff' })
    const text = atob(url.slice(url.indexOf(',') + 1))
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  } finally {
    chart.dispose()
  }
}
