import type { ImportEntry, ImportReport, Quality, SliceChange, SliceSum, Total } from '../ingest/schema.ts'

const shownLines = 24

/** An import report as people read it: what happened, the sums, what was replaced, what to mend. */
export function importTable(report: ImportReport): string {
  const { file, rows } = report
  const preview = report.dryRun ? ' (dry run: nothing was stored)' : ''
  const layout = [file.format, file.encoding].filter((part) => part !== null).join(', ')
  const lines = [
    `${file.name}: ${report.status}${preview}`,
    `  ${layout}: ${rows.read} rows read, ${rows.loaded} loaded, ${rows.rejected} rejected`,
    ...section('totals', report.totals.map(totalLine)),
    ...section('not counted, being totals of other rows', report.aggregates.map(totalLine)),
    ...section('slices', report.slices.map(sliceLine)),
    ...section(
      'rejects',
      report.rejects.map(
        (one) => `line ${one.line} ${one.column} "${one.value}": ${one.reason}; ${one.hint}`,
      ),
    ),
    ...(report.rejectsFile === null ? [] : [`  all rejects: ${report.rejectsFile}`]),
    ...section('warnings', report.warnings),
    ...section('quality', report.quality === null ? [] : qualityLines(report.quality)),
  ]
  return `${lines.map(printable).join('\n')}\n`
}

function qualityLines(quality: Quality): string[] {
  const { controlTotal: control } = quality
  return [
    ...quality.missing.map(
      (one) => `${one.column}: empty in ${one.rows} rows (${(one.share * 100).toFixed(1)} %)`,
    ),
    ...(quality.unknown ?? []).map(
      (one) => `${one.column}: ${one.reason}: ${one.values.join(', ')} (${one.rows} rows)`,
    ),
    ...(quality.codeLists ?? [])
      .filter((one) => one.lines !== one.year)
      .map((one) => `codes of ${one.year} looked up in ${listName(one)}: no list of that year is known`),
    ...(quality.missingPeriods.length > 0 ? [`not in the file: ${quality.missingPeriods.join(', ')}`] : []),
    ...quality.unitChanges.map((one) => `${one.hs}: several units: ${one.units.join(', ')}`),
    ...quality.outliers.map(
      (one) =>
        `line ${one.line} ${one.hs} ${one.partner}: ${one.unitValue} a unit, the median is ${one.median}`,
    ),
    ...quality.controls.map(
      (one) =>
        `${one.dataset} ${one.flow} ${one.period} ${one.scope}: total ${one.stated}, its parts ${one.parts}`,
    ),
    ...(control === null
      ? []
      : [
          `control total ${control.stated}: found ${control.found} ${control.currency ?? ''}, difference ${control.difference}`,
        ]),
  ]
}

function listName({ lines, edition }: { lines: number | null; edition: string }): string {
  return lines === null ? `the Harmonized System of ${edition}` : `the eight-digit list of ${lines}`
}

/** Bytes of a damaged file must not steer the terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '␣')
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const shown = lines.slice(0, shownLines).map((line) => `    ${line}`)
  const rest = lines.length - shown.length
  return [`  ${title}:`, ...shown, ...(rest > 0 ? [`    and ${rest} more (--json has all)`] : [])]
}

function totalLine(total: Total): string {
  return `${total.period} ${total.flow}  ${total.value} ${total.currency}  ${total.rows} rows`
}

function sliceLine(slice: SliceChange): string {
  const head = `${slice.dataset} ${slice.period} ${slice.flow}: ${slice.action}`
  const partners = slice.partners > 1 ? `, ${slice.partners} partners` : ''
  const change = slice.before === null ? '' : `, ${sumText(slice.before)} becomes ${sumText(slice.after)}`
  return `${head}${partners}${change}`
}

function sumText(sum: SliceSum): string {
  const values = [
    sum.valueCny === null ? null : `${sum.valueCny} CNY`,
    sum.valueUsd === null ? null : `${sum.valueUsd} USD`,
  ]
  return [`${sum.rows} rows`, ...values.filter((value) => value !== null)].join(' ')
}

/** Who loaded what, newest first. */
export function listTable(entries: readonly ImportEntry[]): string {
  const lines = entries.map((entry) =>
    [
      String(entry.id).padStart(6),
      minute(entry.receivedAt),
      entry.state.padEnd(9),
      String(entry.report?.rows.loaded ?? 0).padStart(9),
      entry.importedBy.padEnd(14),
      entry.undoneAt === null
        ? entry.name
        : `${entry.name} (undone by ${entry.undoneBy} ${minute(entry.undoneAt)})`,
    ].join('  '),
  )
  return `${['    id  received          state           rows  by              file', ...lines].map(printable).join('\n')}\n`
}

function minute(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ')
}
