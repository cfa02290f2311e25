import type { Cell, Sheet } from '../sheet.ts'
import type {
  CompetitivenessReply,
  DecompositionReply,
  FirmsReply,
  ProjectionReply,
  PublicReply,
} from './analysis-schema.ts'
import type { GrowthReply, StructureReply } from './schema.ts'
import { noteTexts, partTexts } from './text.ts'

interface Meta {
  vintage: string
  asOf: string
  filters: Record<string, string>
  rows: number
  warnings: { code: string; detail: string }[]
  formulas: Record<string, string>
}

type Column<Row> = [heading: string, cell: (row: Row) => Cell | null]

/** The headings of a structure answer, its rows, and what its figures mean. */
export function structureSheet({ data, meta }: StructureReply): Sheet {
  const unit = unitName(meta.currency)
  return sheetOf('结构', data, meta, [
    ['代码', ({ code }) => code],
    ['名称', ({ name }) => name],
    [`金额（${unit}）`, ({ value }) => figure(value)],
    ['占比（小数）', ({ share }) => figure(share)],
    [`上年同期（${unit}）`, ({ base }) => figure(base)],
    [`增减额（${unit}）`, ({ change }) => figure(change)],
    ['同比（小数）', ({ yoy }) => yoy],
    ['拉动（百分点）', ({ pull }) => pull],
    ['贡献率（小数）', ({ contributionRate }) => contributionRate],
    ['说明', ({ note }) => noteText(note)],
  ])
}

export function growthSheet({ data, meta }: GrowthReply): Sheet {
  const unit = unitName(meta.filters.currency)
  return sheetOf('增长', data, meta, [
    ['时期', ({ period }) => period],
    [`金额（${unit}）`, ({ value }) => figure(value)],
    ['同比（小数）', ({ yoy }) => yoy],
    ['环比（小数，未季调）', ({ mom }) => mom],
    [`累计（${unit}）`, ({ ytd }) => figure(ytd)],
    ['累计同比（小数）', ({ ytdYoy }) => ytdYoy],
    ['近3个月同比（小数）', ({ rolling3Yoy }) => rolling3Yoy],
    ['近12个月同比（小数）', ({ rolling12Yoy }) => rolling12Yoy],
    ['两年平均（小数）', ({ cagr2 }) => cagr2],
    ['说明', ({ notes }) => noteText(notes.yoy ?? null)],
  ])
}

export function decompositionSheet({ data, meta }: DecompositionReply): Sheet {
  const unit = unitName(meta.currency)
  return sheetOf('变动分解', data, meta, [
    ['层级', ({ level }) => partTexts[level] ?? level],
    ['上级', ({ parent }) => parent],
    ['代码', ({ code, level }) => (level === 'part' ? (partTexts[code] ?? code) : code)],
    ['名称', ({ name }) => name],
    [`基期（${unit}）`, ({ before }) => figure(before)],
    [`报告期（${unit}）`, ({ after }) => figure(after)],
    [`增减额（${unit}）`, ({ change }) => figure(change)],
    ['拉动（百分点）', ({ pull }) => pull],
    ['指数', ({ index }) => index],
    ['单元数', ({ cells }) => cells],
  ])
}

export function competitivenessSheet({ data, meta }: CompetitivenessReply): Sheet {
  return sheetOf(`竞争力 ${meta.filters.measure ?? ''}`, data, meta, [
    ['代码', ({ code }) => code],
    ['名称', ({ name }) => name],
    ['出口（美元）', ({ exports }) => figure(exports)],
    ['进口（美元）', ({ imports }) => figure(imports)],
    ['指数', ({ index }) => index],
    ['企业数', ({ firms }) => firms],
    ['说明', ({ note }) => noteText(note)],
  ])
}

export function projectionSheet({ data, meta }: ProjectionReply): Sheet {
  return sheetOf('产品复杂度', data, meta, [
    ['代码', ({ code }) => code],
    ['名称', ({ name }) => name],
    ['出口（美元）', ({ exports }) => figure(exports)],
    ['RCA', ({ rca }) => rca],
    ['复杂度 PCI', ({ pci }) => pci],
    ['密度', ({ density }) => density],
  ])
}

export function firmsSheet({ data, meta }: FirmsReply): Sheet {
  const unit = unitName(meta.currency)
  return sheetOf('企业动态', data, meta, [
    ['阶段', ({ stage }) => partTexts[stage] ?? stage],
    ['企业数', ({ firms }) => firms],
    [`基期（${unit}）`, ({ before }) => figure(before)],
    [`报告期（${unit}）`, ({ after }) => figure(after)],
    [`增减额（${unit}）`, ({ change }) => figure(change)],
    ['拉动（百分点）', ({ pull }) => pull],
    ['占比（小数）', ({ share }) => figure(share)],
  ])
}

export function publicSheet({ data, meta }: PublicReply): Sheet {
  return sheetOf('结构（脱敏）', data, meta, [
    ['代码', ({ code }) => code],
    ['名称', ({ name }) => name],
    [`金额（${unitName(meta.currency)}）`, ({ value }) => figure(value)],
    ['占比（小数）', ({ share }) => figure(share)],
    ['说明', ({ note }) => noteText(note)],
  ])
}

function sheetOf<Row>(title: string, data: readonly Row[], meta: Meta, columns: Column<Row>[]): Sheet {
  const filters = Object.entries(meta.filters).map(([name, value]) => `${name}=${value}`)
  return {
    title,
    headings: columns.map(([heading]) => heading),
    rows: data.map((row) => columns.map(([, cell]) => cell(row))),
    notes: [
      `注：查询条件 ${filters.join('，')}`,
      `数据版本 ${meta.vintage}，查询时点 ${meta.asOf}，依据 ${meta.rows} 条记录`,
      ...meta.warnings.map(({ code, detail }) => `提示 ${code}：${detail}`),
      ...Object.entries(meta.formulas).map(([name, formula]) => `公式 ${name}：${formula}`),
    ],
  }
}

function figure(value: string | null): Cell | null {
  return value === null ? null : { figure: value }
}

function unitName(currency: string | undefined): string {
  return currency === 'USD' ? '美元' : '元'
}

function noteText(note: string | null): string | null {
  return note === null ? null : (noteTexts[note] ?? note)
}
