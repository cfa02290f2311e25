import type { Sheet, Cell as SheetCell } from '../sheet.ts'
import type { RateRow } from './advice/rate-table.ts'
import type { Cell } from './opportunities/cells.ts'

/** Opportunities or ledger as a sheet; both bounds of a saving, which differ where it depends on the tariff line. */
export function cellSheet(
  cells: readonly (Cell & { name: string | null; rule: string | null })[],
  { title, currency, notes }: { title: string; currency: string; notes: string[] },
): Sheet {
  return {
    title,
    headings: [
      '商品编码',
      '商品名称',
      '出口方',
      '进口方',
      `贸易额（${currency}）`,
      'RCEP 税率',
      '对照税率',
      '对照',
      '较优',
      '其他协定',
      '未比较的协定',
      '状态',
      `节省至少（${currency}）`,
      `节省至多（${currency}）`,
      '原产地规则',
    ],
    rows: cells.map((cell) => [
      cell.hs,
      cell.name,
      cell.exporter,
      cell.importer,
      figure(cell.value),
      cell.rcep,
      cell.mfn,
      cell.against,
      cell.best,
      cell.others.map(({ agreement, rate }) => `${agreement} ${rate}`).join('; ') || null,
      cell.notCompared.join('; ') || null,
      cell.state,
      figure(cell.saving?.least),
      figure(cell.saving?.most),
      cell.rule,
    ]),
    notes,
  }
}

/** A product's rates at every Party, a row a Party and year. */
export function rateTableSheet(rows: readonly RateRow[], title: string): Sheet {
  return {
    title,
    headings: [
      '进口方',
      '出口方',
      '税号',
      '年度',
      '起',
      '止',
      'RCEP 税率',
      '最惠国税率',
      '较优',
      '缺少的信息',
    ],
    rows: rows.flatMap(({ importer, exporter, lines, years, missing }) => {
      const head = [importer, exporter, lines.join(' ')]
      const open = missing.join('; ') || null
      if (years.length === 0) return [[...head, null, null, null, null, null, null, open]]
      return years.map(({ year, from, to, rates, best }) => {
        return [...head, year, from, to, rates.RCEP ?? null, rates.MFN ?? null, best, open]
      })
    }),
    notes: [],
  }
}

/** The rates between two Parties as a sheet. */
export function rateSheet(
  rates: readonly {
    agreement: string
    rate: string
    lines: string[]
    duty: string | null
    validFrom: string
    validTo: string | null
    source: string
  }[],
  title: string,
): Sheet {
  return {
    title,
    headings: ['协定', '税率', '税号', '税额', '起', '止', '来源'],
    rows: rates.map(({ agreement, rate, lines, duty, validFrom, validTo, source }) => [
      agreement,
      rate,
      lines.join(' '),
      figure(duty),
      validFrom,
      validTo,
      source,
    ]),
    notes: [],
  }
}

function figure(value: string | null | undefined): SheetCell | null {
  return value == null ? null : { figure: value }
}
