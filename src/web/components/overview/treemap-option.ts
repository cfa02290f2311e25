import type { StructureRow } from '../../api.ts'
import { growth, share } from '../../format.ts'
import type { Language } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { colours, fontFamily } from '../../theme.ts'
import type { ChartOption } from '../chart-option.ts'

/** Below this share a name cannot be read in its rectangle. */
const smallestNamed = 0.008

/** Lines as rectangles by their amount, dark where they grew and light where they fell; each says its share and growth. */
export function treemapOption(lines: readonly StructureRow[], language: Language): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily },
    tooltip: {
      confine: true,
      textStyle: { fontSize: 12, color: colours.ink },
      formatter: (given) => String((given as { name?: string }).name ?? '').replace('\n', '<br>'),
    },
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        itemStyle: { borderColor: colours.paper, borderWidth: 0, gapWidth: 2 },
        label: { fontSize: 12, lineHeight: 16, padding: [2, 4], overflow: 'truncate' },
        data: lines
          .filter(({ value }) => Number(value) > 0)
          .map((line) => {
            const grew = line.yoy !== null && line.yoy > 0
            return {
              name: `${nameOf({ ...line, nameZh: line.name }, language)}\n${share(line.share)} ${growth(line.yoy)}`,
              // Doubles are enough to draw with.
              value: Number(line.value),
              itemStyle: { color: grew ? colours.primary : colours.line },
              label: {
                show: Number(line.share) >= smallestNamed,
                color: grew ? colours.paper : colours.ink,
              },
            }
          }),
      },
    ],
  }
}
