import { Alert, App, Button } from 'antd'
import { useId } from 'react'
import { type RemedyImport, useImportRemedies, useRemoveRemedies } from '../../api-alerts.ts'
import { count } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { failed } from './failed.tsx'

/** The lists of cases that were loaded; another can be read, one can be deleted. */
export function RemedyLists({ sources }: { sources: { source: string; cases: number }[] }) {
  const { text } = useText()
  const labels = text.alerts.remedies
  const app = App.useApp()
  const id = useId()
  const load = useImportRemedies()
  const remove = useRemoveRemedies()
  const ask = (source: string, cases: number) =>
    app.modal.confirm({
      title: labels.removeTitle(source),
      content: labels.removeEffect(count(cases)),
      okText: labels.remove,
      okButtonProps: { danger: true },
      cancelText: labels.cancel,
      onOk: () => remove.mutateAsync(source).catch(failed(app)),
    })
  return (
    <>
      <label className="file" htmlFor={id}>
        {load.isPending ? labels.importing : labels.import}
        <input
          id={id}
          type="file"
          accept=".csv,.xlsx,.xlsb"
          className="visually-hidden"
          disabled={load.isPending}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) load.mutate(file)
            target.value = ''
          }}
        />
      </label>
      {load.data && <Imported found={load.data.data} />}
      {load.error && <ProblemNotice error={load.error} />}
      {sources.length > 0 && (
        <ul className="sources" aria-label={labels.sources}>
          {sources.map(({ source, cases }) => (
            <li key={source}>
              {labels.source(source, count(cases))}{' '}
              <Button
                size="small"
                type="link"
                danger
                aria-label={labels.removeOf(source)}
                onClick={() => ask(source, cases)}
              >
                {labels.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const shownRejects = 10

function Imported({ found }: { found: RemedyImport }) {
  const { text } = useText()
  const labels = text.alerts.remedies
  return (
    <Alert
      type="info"
      showIcon
      className="gap-below"
      role="status"
      title={labels.imported(count(found.cases), count(found.againstChina))}
      description={
        found.rejects.length > 0 && (
          <>
            <p>{labels.rejects(found.rejects.length)}</p>
            <ul className="lines">
              {found.rejects.slice(0, shownRejects).map(({ row, reason }) => (
                <li key={row}>{labels.row(row, reason)}</li>
              ))}
            </ul>
          </>
        )
      }
    />
  )
}
