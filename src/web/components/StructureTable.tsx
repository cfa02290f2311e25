import { Grid, Table, type TableColumnsType } from 'antd'
import type { StructureRow } from '../api.ts'
import { growth, type MoneyUnit, money, points, share } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import { ScrollBox } from './ScrollBox.tsx'

/** Lines of a structure, largest first; every figure column sorts. The line of the rest stays last. */
export function StructureTable(props: {
  lines: StructureRow[]
  unit: MoneyUnit
  by: keyof ReturnType<typeof useText>['text']['structure']['dimensions']
  isPlaceholder: boolean
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
      sorter: sorter((line) => Number(line.value)),
      defaultSortOrder: 'descend',
    },
    {
      title: text.structure.share,
      align: 'right',
      width: 90,
      render: (_, line) => share(line.share),
      sorter: sorter((line) => Number(line.share)),
    },
    {
      title: text.yoy,
      align: 'right',
      width: 110,
      render: (_, line) => text.structure.entry[line.note ?? ''] ?? growth(line.yoy),
      sorter: sorter((line) => line.yoy),
    },
    {
      title: text.structure.pull,
      align: 'right',
      width: 130,
      render: (_, line) => points(line.pull, 2),
      sorter: sorter((line) => line.pull),
    },
  ]
  return (
    <ScrollBox label={text.tableOf(text.structure.title)} tall>
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

/** The row is clicked with a pointer, the name in it reached by keyboard. */
function LineName({ name, onDrill }: { name: string; onDrill: (() => void) | null }) {
  if (onDrill === null) return name
  return (
    <button
      type="button"
      className="drill"
      onClick={(event) => {
        event.stopPropagation()
        onDrill()
      }}
    >
      {name}
    </button>
  )
}

function isCode(line: StructureRow): boolean {
  return /^\d/.test(line.code)
}

/** Compares by a figure; absent figures and the lines that are no code of their own come last in either direction. */
function sorter(figure: (line: StructureRow) => number | null) {
  return (a: StructureRow, b: StructureRow, order?: 'descend' | 'ascend' | null) => {
    const last = order === 'descend' ? -1 : 1
    const [restA, restB] = [isRest(a), isRest(b)]
    if (restA !== restB) return restA ? last : -last
    const [one, other] = [figure(a), figure(b)]
    if (one === null || other === null) return one === other ? 0 : one === null ? last : -last
    return one - other
  }
}

function isRest(line: StructureRow): boolean {
  return line.code === 'other' || line.code === 'unclassified'
}
