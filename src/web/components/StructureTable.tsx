import { Grid, Table, type TableColumnsType } from 'antd'
import type { StructureRow } from '../api.ts'
import { growth, type MoneyUnit, money, points, share } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import { byFigure } from './by-figure.ts'
import { LineName } from './LineName.tsx'
import { ScrollBox } from './ScrollBox.tsx'

/** Lines of a structure, largest first; every figure column sorts. The line of the rest stays last. */
export function StructureTable(props: {
  lines: StructureRow[]
  unit: MoneyUnit
  by: keyof ReturnType<typeof useText>['text']['structure']['dimensions']
  isPlaceholder: boolean
  /** What the table is called where a page has more than one. */
  label?: string
  /** What a click on a line does; null for a line that leads nowhere. */
  onDrill?: (code: string) => (() => void) | null
}) {
  const { language, text } = useText()
  const { lines, unit, by } = props
  const wide = Grid.useBreakpoint().md ?? false
  const columns: TableColumnsType<StructureRow> = [
    {
      title: text.structure.dimensions[by],
      width: wide ? 260 : 130,
      render: (_, line) => (
        <span className="line-name" title={line.name ?? line.code}>
          {isCode(line) && line.name !== null && by !== 'partner' && (
            <span className="muted code">{line.code}</span>
          )}
          <LineName
            name={nameOf({ ...line, nameZh: line.name }, language)}
            onDrill={props.onDrill?.(line.code) ?? null}
          />
        </span>
      ),
    },
    {
      title: `${text.value} (${unit.label})`,
      align: 'right',
      width: 140,
      render: (_, line) => money(line.value, unit),
      sorter: byFigure<StructureRow>((line) => Number(line.value)),
      defaultSortOrder: 'descend',
    },
    {
      title: text.structure.share,
      align: 'right',
      width: 90,
      render: (_, line) => share(line.share),
      sorter: byFigure<StructureRow>((line) => Number(line.share)),
    },
    {
      title: text.yoy,
      align: 'right',
      width: 110,
      render: (_, line) => text.structure.entry[line.note ?? ''] ?? growth(line.yoy),
      sorter: byFigure<StructureRow>((line) => line.yoy),
    },
    {
      title: text.structure.pull,
      align: 'right',
      width: 130,
      render: (_, line) => points(line.pull, 2),
      sorter: byFigure<StructureRow>((line) => line.pull),
    },
  ]
  return (
    <ScrollBox label={text.tableOf(props.label ?? text.structure.title)} tall>
      <Table<StructureRow>
        rowKey="code"
        size="small"
        columns={columns}
        dataSource={lines}
        pagination={false}
        onRow={({ code }) => {
          const drill = props.onDrill?.(code)
          return drill ? { onClick: drill, className: 'drills' } : {}
        }}
        loading={props.isPlaceholder}
        sortDirections={['descend', 'ascend', 'descend']}
        showSorterTooltip={false}
      />
    </ScrollBox>
  )
}

function isCode(line: StructureRow): boolean {
  return /^\d/.test(line.code)
}
