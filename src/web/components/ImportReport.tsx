import type { ImportEntry } from '../api.ts'
import { count } from '../format.ts'
import { useText } from '../language.tsx'
import { Question } from './imports/Question.tsx'
import { RejectsTable } from './imports/RejectsTable.tsx'
import { ReportQuality } from './imports/ReportQuality.tsx'
import { ReportSlices } from './imports/ReportSlices.tsx'
import { ReportTotals } from './imports/ReportTotals.tsx'
import { useSaid } from './imports/use-said.ts'

/** What an import did or would do: evidence, totals, what it replaces, its quality, what it refuses and why. */
export function ImportReport({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  const said = useSaid()
  const { report } = entry
  if (entry.problem) return <Question problem={entry.problem} />
  if (!report) return entry.error === null ? null : <p>{said(entry.error, entry.errorCode)}</p>
  const { file, rows } = report
  const warnings = report.warnings.map((one, index) => said(one, report.said?.warnings[index]))
  const evidence = report.evidence.map((one, index) => said(one, report.said?.evidence[index]))
  const format = file.format && said(file.format)
  return (
    <div className="report">
      {entry.error && <p className="note">{said(entry.error, entry.errorCode)}</p>}
      <dl className="facts">
        <dt>{text.imports.format}</dt>
        <dd>{[format, file.encoding].filter(Boolean).join(' · ') || '—'}</dd>
        <dt>{text.imports.rows}</dt>
        <dd>
          {text.imports.rowsOf(count(rows.read), count(rows.read - rows.rejected), count(rows.rejected))}
        </dd>
        {warnings.length > 0 && (
          <>
            <dt>{text.imports.warnings}</dt>
            <dd>
              <Sentences said={warnings} />
            </dd>
          </>
        )}
      </dl>
      {report.rejects.length > 0 && <RejectsTable report={report} />}
      {report.totals.length > 0 && <ReportTotals title={text.wizard.totals} totals={report.totals} />}
      {report.aggregates.length > 0 && (
        <ReportTotals title={text.wizard.aggregates} totals={report.aggregates} />
      )}
      {report.slices.length > 0 && <ReportSlices slices={report.slices} />}
      {report.quality && <ReportQuality quality={report.quality} />}
      {evidence.length > 0 && (
        <details>
          <summary>{text.wizard.evidence}</summary>
          <Sentences said={evidence} />
        </details>
      )}
    </div>
  )
}

function Sentences({ said }: { said: readonly string[] }) {
  return (
    <ul className="sentences">
      {said.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
