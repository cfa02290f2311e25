import type { ImportEntry } from '../../api.ts'
import { count } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { useSaid } from './use-said.ts'

const shown = 20

/** What cannot be read: place, content, reason and how to mend it; all of it as CSV. */
export function RejectsTable({ report }: { report: NonNullable<ImportEntry['report']> }) {
  const { text } = useText()
  const said = useSaid()
  const { rejects: words } = text.wizard
  const { rejects, rows } = report
  const title = rows.rejected === 0 ? words.refused : words.title(count(rows.rejected))
  return (
    <div className="stacked">
      <h3>{title}</h3>
      <ScrollingTable label={title}>
        <thead>
          <tr>
            <th scope="col" className="number">
              {words.line}
            </th>
            {[words.column, words.value, words.reason, words.hint].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rejects.slice(0, shown).map((reject) => (
            <tr key={`${reject.line} ${reject.column} ${reject.reason}`}>
              <td className="number" data-label={words.line}>
                {count(reject.line)}
              </td>
              <td data-label={words.column}>{said(reject.column)}</td>
              <td className="breakable" data-label={words.value}>
                <code>{reject.value}</code>
              </td>
              <td data-label={words.reason}>{said(reject.reason, reject.reasonCode)}</td>
              <td data-label={words.hint}>{said(reject.hint, reject.hintCode)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      {report.rejectsFile && (
        <p>
          {rejects.length > shown && `${words.more(count(shown))} `}
          <a href={report.rejectsFile} download>
            {words.download}
          </a>
        </p>
      )}
    </div>
  )
}
