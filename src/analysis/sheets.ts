import type { Cell, Sheet } from '../sheet.ts'
import type { CorrelateReply, DescribeReply, PivotReply, RollingReply } from './schema.ts'

type Figure = string | number | null
interface Meta {
  vintage: string
  asOf: string
  currency: string
  filters: Record<string, string>
  rows: number
  warnings: { code: string; detail: string }[]
  formulas: Record<string, string>
}

/** A pivot as it stands: its rows down, its columns across. */
export function pivotSheet({ data, meta }: PivotReply): Sheet {
  const columns = meta.columns.map(({ code, name }) => [code, name].filter(Boolean).join(' ') || '合计')
  const unit = meta.filters.aggregate === 'count' ? '期数' : unitName(meta)
  return sheetOf('透视表', meta, {
    headings: ['代码', '名称', ...columns.map((column) => `${column}（${unit}）`)],
    rows: data.map(({ code, name, values }) => [code, name, ...values.map(cell)]),
  })
}

export function descriptionSheet({ data, meta }: DescribeReply): Sheet {
  const unit = unitName(meta)
  const money = ['合计', '均值', '标准差', '最小', '中位数', '最大'].map((name) => `${name}（${unit}）`)
  return sheetOf('描述统计', meta, {
    headings: ['代码', '名称', '期数', '缺期数', ...money],
    rows: data.map((line) => [
      line.code,
      line.name,
      line.count,
      line.missing,
      ...[line.sum, line.mean, line.std, line.min, line.median, line.max].map(cell),
    ]),
  })
}

export function correlationSheet({ data, meta }: CorrelateReply): Sheet {
  return sheetOf('相关系数', meta, {
    headings: ['代码甲', '名称甲', '代码乙', '名称乙', '相关系数', '共有期数'],
    rows: data.map(({ a, b, correlation, observations }) => [
      a.code,
      a.name,
      b.code,
      b.name,
      correlation,
      observations,
    ]),
  })
}

export function rollingSheet({ data, meta }: RollingReply): Sheet {
  const unit = unitName(meta)
  const window = `近${meta.filters.window ?? ''}期${meta.filters.aggregate ?? ''}`
  return sheetOf('滚动统计', meta, {
    headings: ['代码', '名称', '时期', `数值（${unit}）`, `${window}（${unit}）`],
    rows: data.map((row) => [row.code, row.name, row.period, cell(row.value), cell(row.rolling)]),
  })
}

function sheetOf(title: string, meta: Meta, table: Pick<Sheet, 'headings' | 'rows'>): Sheet {
  const filters = Object.entries(meta.filters).map(([name, value]) => `${name}=${value}`)
  return {
    title,
    ...table,
    notes: [
      `注：查询条件 ${filters.join('，')}`,
      `数据版本 ${meta.vintage}，查询时点 ${meta.asOf}，依据 ${meta.rows} 条记录`,
      ...meta.warnings.map(({ code, detail }) => `提示 ${code}：${detail}`),
      ...Object.entries(meta.formulas).map(([name, formula]) => `公式 ${name}：${formula}`),
    ],
  }
}

function cell(value: Figure): Cell | null {
  return typeof value === 'string' ? { figure: value } : value
}

function unitName({ filters, currency }: Meta): string {
  if (filters.measure === 'yoy') return '小数'
  return currency === 'USD' ? '美元' : '元'
}
