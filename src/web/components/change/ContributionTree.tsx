import { Table, type TableColumnsType } from 'antd'
import type { ChangePart, Decomposition } from '../../api-change.ts'
import { type Currency, money, points, signedMoney, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { ScrollBox } from '../ScrollBox.tsx'

interface Node extends ChangePart {
  key: string
  children?: Node[]
}

/** Changes by chapter, in each by product, in each by enterprise; what is beyond the largest is one line. */
export function ContributionTree({ data, currency }: { data: Decomposition['data']; currency: Currency }) {
  const { language, text } = useText()
  const labels = text.change.tree
  const unit = unitFor(
    data.flatMap(({ before, after }) => [before, after]),
    { currency, language, use: 'table' },
  )
  const columns: TableColumnsType<Node> = [
    {
      title: labels.name,
      render: (_, node) => (
        <span className="line-name">
          {/^\d/.test(node.code) && node.name !== null && <span className="muted code">{node.code}</span>}
          {nameOf({ ...node, nameZh: node.name }, language)}
        </span>
      ),
    },
    {
      title: `${labels.before} (${unit.label})`,
      align: 'right',
      width: 140,
      render: (_, node) => money(node.before, unit),
    },
    {
      title: `${labels.after} (${unit.label})`,
      align: 'right',
      width: 140,
      render: (_, node) => money(node.after, unit),
    },
    {
      title: labels.difference,
      align: 'right',
      width: 120,
      render: (_, node) => signedMoney(node.change, unit),
    },
    { title: text.structure.pull, align: 'right', width: 130, render: (_, node) => points(node.pull, 2) },
  ]
  return (
    <ScrollBox label={text.tableOf(labels.title)} tall>
      <Table<Node>
        rowKey="key"
        size="small"
        columns={columns}
        dataSource={treeOf(data)}
        pagination={false}
        scroll={{ x: 700 }}
      />
    </ScrollBox>
  )
}

/** The flat lines of the answer, each under the line it names as its parent. */
function treeOf(data: readonly ChangePart[]): Node[] {
  const under = Map.groupBy(data, ({ parent }) => parent ?? '')
  const nodes = (path: string): Node[] =>
    (under.get(path) ?? []).map((part) => {
      const key = path === '' ? part.code : `${path}/${part.code}`
      const children = part.level === 'enterprise' || part.code === 'other' ? [] : nodes(key)
      return { ...part, key, ...(children.length > 0 && { children }) }
    })
  return nodes('')
}
