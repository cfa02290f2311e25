import { Table, type TableColumnsType } from 'antd'
import type { StructureRow } from '../../api.ts'
import { difference, growth, type MoneyUnit, money, points, share, signedMoney } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { byFigure } from '../by-figure.ts'
import { LineName } from '../LineName.tsx'
import { ScrollBox } from '../ScrollBox.tsx'
import type { ColumnName, View } from './view.ts'

/** A line with what it was in the other period, where one was chosen. */
export type Line = StructureRow & { other: string | null }

/** Lines of a structure with the chosen columns, sorted as the address says; the line of the rest stays last. */
export function LinesTable(props: {
  lines: Line[]
  unit: MoneyUnit
  heading: string
  otherHeading: string | null
  view: View
  isPlaceholder: boolean
  onSort: (sort: ColumnName, order: 'descend' | 'ascend') => void
  /** What a click on a line does; null for a line that leads nowhere. */
  drill: (code: string) => (() => void) | null
}) {
  const { language, text } = useText()
  const { lines, unit, view, drill } = props
  const figures: Record<
    ColumnName,
    { title: string; show: (line: Line) => string; by: (line: Line) => number | null }
  > = {
    value: {
      title: `${text.value} (${unit.label})`,
      show: (line) => money(line.value, unit),
      by: (line) => Number(line.value),
    },
    other: {
      title: `${props.otherHeading ?? ''} (${unit.label})`,
      show: (line) => money(line.other, unit),
      by: (line) => (line.other === null ? null : Number(line.other)),
    },
    difference: {
      title: `${text.explorer.difference} (${unit.label})`,
      show: (line) => signedMoney(difference(line.value, line.other), unit),
      by: (line) => (line.other === null ? null : Number(line.value) - Number(line.other)),
    },
    share: {
      title: text.structure.share,
      show: (line) => share(line.share),
      by: (line) => Number(line.share),
    },
    base: {
      title: `${text.change.tree.before} (${unit.label})`,
      show: (line) => money(line.base, unit),
      by: (line) => (line.base === null ? null : Number(line.base)),
    },
    yoy: {
      title: text.yoy,
      show: (line) => text.structure.entry[line.note ?? ''] ?? growth(line.yoy),
      by: (line) => line.yoy,
    },
    pull: { title: text.structure.pull, show: (line) => points(line.pull, 2), by: (line) => line.pull },
  }
  const columns: TableColumnsType<Line> = [
    {
      title: props.heading,
      width: 220,
      render: (_, line) => (
        <span className="line-name" title={line.name ?? line.code}>
          {/^\d/.test(line.code) && line.name !== null && <span className="muted code">{line.code}</span>}
          <LineName name={nameOf({ ...line, nameZh: line.name }, language)} onDrill={drill(line.code)} />
        </span>
      ),
    },
    ...view.columns.map((name) => ({
      key: name,
      title: figures[name].title,
      align: 'right' as const,
      width: 130,
      render: (_: unknown, line: Line) => figures[name].show(line),
      sorter: byFigure(figures[name].by),
      sortOrder: view.sort === name ? view.order : null,
    })),
  ]
  return (
    <ScrollBox label={text.tableOf(props.heading)} tall>
      <Table<Line>
        rowKey="code"
        size="small"
        className="explorer-lines"
        columns={columns}
        dataSource={lines}
        pagination={false}
        loading={props.isPlaceholder}
        sortDirections={['descend', 'ascend', 'descend']}
        showSorterTooltip={false}
        onChange={(_, __, sorted) => {
          const [one] = Array.isArray(sorted) ? sorted : [sorted]
          const name = one?.columnKey as ColumnName | undefined
          if (name && one?.order) props.onSort(name, one.order)
        }}
        onRow={({ code }) => {
          const go = drill(code)
          return go ? { onClick: go, className: 'drills' } : {}
        }}
      />
    </ScrollBox>
  )
}
