import { periodLabel } from './codes.ts'
import type { Tally } from './copy/row-store.ts'
import type { ChangeRow, SumRow } from './load-queries.ts'
import { say } from './messages.ts'
import type { ImportOptions } from './options.ts'
import type { Plan } from './plan.ts'
import type { FileFacts } from './read.ts'
import type { Reject } from './record.ts'
import type { ImportReport, Quality, SliceChange, SliceSum, Total } from './schema.ts'

export const reportedRejects = 100

/** A report before anything is known but the bytes. */
export function baseReport(name: string, facts: FileFacts, options: ImportOptions): ImportReport {
  return {
    status: 'refused',
    dryRun: options.dryRun,
    file: {
      name,
      sha256: facts.sha256,
      bytes: facts.sizeBytes,
      format: null,
      encoding: facts.container === 'plain' || facts.container === 'gzip' ? facts.encoding : null,
      delimiter: null,
    },
    rows: { read: 0, loaded: 0, rejected: 0 },
    totals: [],
    aggregates: [],
    slices: [],
    quality: null,
    rejects: [],
    rejectsFile: null,
    warnings: [],
    evidence: facts.evidence,
  }
}

/** The whole file is refused for one reason. */
export function refusedReport(base: ImportReport, reject: Reject): ImportReport {
  return { ...base, rejects: [reject] }
}

/** The same bytes were stored before; their totals are repeated, nothing is done. */
export function duplicateReport(base: ImportReport, stored: StoredImport): ImportReport {
  const { report } = stored
  return {
    ...base,
    status: 'duplicate',
    file: { ...base.file, ...(report && { format: report.file.format, delimiter: report.file.delimiter }) },
    rows: { read: report?.rows.read ?? 0, loaded: 0, rejected: 0 },
    totals: report?.totals ?? [],
    aggregates: report?.aggregates ?? [],
    warnings: [say('same-bytes', { at: stored.at, name: stored.name })],
  }
}

export interface StoredImport {
  name: string
  /** When, ISO. */
  at: string
  report: ImportReport | null
}

/** What a load found out. */
export interface Findings {
  tally: Tally
  rejects: readonly Reject[]
  rejectsFile: string | null
  warnings: readonly string[]
  counted: readonly SumRow[]
  aggregates: readonly SumRow[]
  changes: readonly ChangeRow[]
  /** Sums in currencies that are neither yuan nor dollars. */
  declared: readonly (Omit<Total, 'flow'> & { flow: string; months: number })[]
  quality: Quality
}

/** `status` was decided by the load; this only words it. */
export function buildReport(
  base: ImportReport,
  plan: Plan,
  status: ImportReport['status'],
  found: Findings,
): ImportReport {
  const { tally } = found
  return {
    ...base,
    status,
    file: { ...base.file, format: plan.match.layout.name, delimiter: plan.dialect.delimiter },
    rows: {
      read: tally.read,
      loaded: status === 'refused' ? 0 : tally.read - tally.rejected,
      rejected: tally.rejected,
    },
    totals: totalsIn(found),
    aggregates: found.aggregates.flatMap(totalsOf),
    slices: found.changes.map(sliceChange),
    quality: found.quality,
    rejects: found.rejects.slice(0, reportedRejects),
    rejectsFile: found.rejectsFile,
    warnings: [...plan.warnings, ...found.warnings, ...found.changes.flatMap(shrinkWarning)],
    evidence: plan.evidence,
  }
}

/** Sums by flow, period and currency. */
export function totalsIn({ counted, declared }: Pick<Findings, 'counted' | 'declared'>): Total[] {
  const others = declared.map(({ flow, period, months, currency, rows, value }) => ({
    flow: flow as Total['flow'],
    period: periodLabel(period, months),
    currency,
    rows,
    value,
  }))
  return [...counted.flatMap(totalsOf), ...others]
}

function totalsOf(sum: SumRow): Total[] {
  const of = (currency: Total['currency'], value: string | null): Total[] =>
    value === null
      ? []
      : [
          {
            flow: sum.flow as Total['flow'],
            period: periodLabel(sum.period, sum.months),
            currency,
            rows: sum.rows,
            value,
          },
        ]
  return [...of('CNY', sum.value_cny), ...of('USD', sum.value_usd)]
}

function sliceChange(row: ChangeRow): SliceChange {
  const before: SliceSum = { rows: row.old_rows, valueCny: row.old_cny, valueUsd: row.old_usd }
  return {
    dataset: row.dataset,
    flow: row.flow as SliceChange['flow'],
    period: periodLabel(row.period, row.months),
    action: row.replaced > 0 ? 'replaced' : 'new',
    before: row.replaced > 0 ? before : null,
    after: { rows: row.rows, valueCny: row.value_cny, valueUsd: row.value_usd },
    partners: row.partners,
    replaced: row.replaced,
  }
}

/** A slice that loses half its rows was probably replaced by one part of a download that had to be split. */
function shrinkWarning(row: ChangeRow): string[] {
  if (row.shrunk === 0) return []
  const { dataset, flow } = row
  return [say('slice-shrinks', { dataset, flow, period: periodLabel(row.period, row.months) })]
}
