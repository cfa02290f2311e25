import { Fragment } from 'react'
import type { ImportEntry } from '../api.ts'
import { amount, count, month } from '../format.ts'
import { useText } from '../language.tsx'
import { ScrollingTable } from './ScrollingTable.tsx'

type Report = NonNullable<ImportEntry['report']>

const rejectsShown = 20

/** What an import did or would do: evidence, totals, what it replaces, what it refuses and why. */
export function ImportReport({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  const { report } = entry
  if (!report) return null
  const { file, rows } = report
  return (
    <div className="report">
      <dl className="facts">
        <dt>{text.imports.format}</dt>
        <dd>{[file.format, file.encoding, file.delimiter].filter(Boolean).join(' · ')}</dd>
        <dt>{text.imports.rows}</dt>
        <dd>{text.imports.rowsOf(count(rows.read), count(rows.loaded), count(rows.rejected))}</dd>
        {report.warnings.length > 0 && (
          <>
            <dt>{text.imports.warnings}</dt>
            <dd>{report.warnings.join(' ')}</dd>
          </>
        )}
      </dl>
      {report.slices.length > 0 && <Slices report={report} />}
      {report.rejects.length > 0 && <Rejects report={report} id={entry.id} />}
    </div>
  )
}

function Slices({ report }: { report: Report }) {
  const { language, text } = useText()
  const value = (sum: Report['slices'][number]['before']) => sum && (sum.valueUsd ?? sum.valueCny)
  return (
    <ScrollingTable label={text.imports.slices}>
      <thead>
        <tr>
          <th scope="col">{text.flow}</th>
          <th scope="col">{text.monthly.period}</th>
          <th scope="col">{text.imports.action}</th>
          <th scope="col" className="number">
            {text.imports.rows}
          </th>
          <th scope="col" className="number">
            {text.imports.before}
          </th>
          <th scope="col" className="number">
            {text.imports.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.slices.map((slice) => {
          const before = value(slice.before)
          const after = value(slice.after)
          return (
            <tr key={`${slice.dataset} ${slice.flow} ${slice.period}`}>
              <td>{text.flows[slice.flow]}</td>
              <td>{/-/.test(slice.period) ? month(slice.period, language) : slice.period}</td>
              <td>{text.imports.actions[slice.action]}</td>
              <td className="number">{count(slice.after.rows)}</td>
              <td className="number">{before ? amount(before) : '—'}</td>
              <td className="number">
                {after ? amount(after) : '—'} {slice.after.valueUsd === null ? 'CNY' : 'USD'}
              </td>
            </tr>
          )
        })}
      </tbody>
    </ScrollingTable>
  )
}

function Rejects({ report, id }: { report: Report; id: number }) {
  const { text } = useText()
  return (
    <>
      <h3>
        {report.status === 'refused'
          ? text.imports.refusedBecause
          : text.imports.rejects(count(report.rows.rejected))}
      </h3>
      <dl className="rejects">
        {report.rejects.slice(0, rejectsShown).map((reject) => (
          <Fragment key={`${reject.line} ${reject.column}`}>
            <dt>{text.imports.line(count(reject.line), reject.column)}</dt>
            <dd>
              <code>{reject.value}</code> {reject.reason} {reject.hint}
            </dd>
          </Fragment>
        ))}
      </dl>
      <a href={`/api/v1/imports/${id}/rejects?format=csv`} download>
        {text.imports.downloadRejects}
      </a>
    </>
  )
}
