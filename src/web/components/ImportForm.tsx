import { Alert, Button, Progress } from 'antd'
import { useState } from 'react'
import { type ImportEntry, useConfirm, useImport, usePreview } from '../api.ts'
import { count } from '../format.ts'
import { useText } from '../language.tsx'
import { ImportReport } from './ImportReport.tsx'
import { ProblemNotice } from './ProblemNotice.tsx'
import { Section } from './Section.tsx'

/** Choose a file, see what it would do, then store it. Nothing is stored before the last step. */
export function ImportForm() {
  const { text } = useText()
  const [chosen, choose] = useState<number | null>(null)
  const preview = usePreview()
  const { data: followed } = useImport(chosen)
  const confirm = useConfirm()
  const entry = followed?.data
  const error = preview.error ?? confirm.error
  const start = (file: File | undefined) => {
    if (!file) return
    confirm.reset()
    preview.mutate(file, { onSuccess: ({ data }) => choose(data.id) })
  }
  return (
    <Section title={text.imports.load}>
      <p className="muted gap-below-small">{text.imports.loadHelp}</p>
      <label className="file">
        <span>{text.imports.choose}</span>
        <input
          type="file"
          className="visually-hidden"
          accept=".csv,.txt,.tsv,.zip,.gz,.xlsx"
          disabled={preview.isPending || entry?.state === 'loading'}
          onChange={(event) => {
            start(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {error && <ProblemNotice error={error} />}
      {entry && (
        <Preview
          entry={entry}
          busy={confirm.isPending}
          onConfirm={(acceptPartial) => confirm.mutate({ id: entry.id, acceptPartial })}
        />
      )}
    </Section>
  )
}

function Preview(props: { entry: ImportEntry; busy: boolean; onConfirm: (acceptPartial: boolean) => void }) {
  const { text } = useText()
  const { entry, busy } = props
  const rejected = entry.report?.rows.rejected ?? 0
  if (entry.state === 'loading') return <Reading entry={entry} />
  return (
    <div className="preview">
      <Alert
        type={entry.state === 'refused' || entry.state === 'failed' ? 'error' : 'info'}
        showIcon
        title={`${entry.name}: ${text.imports.states[entry.state]}`}
        description={text.imports.meanings[entry.report?.status ?? 'refused']}
      />
      <ImportReport entry={entry} />
      {entry.state === 'previewed' && entry.report?.status !== 'duplicate' && (
        <Button type="primary" loading={busy} onClick={() => props.onConfirm(rejected > 0)}>
          {rejected > 0 ? text.imports.confirmPartial(count(rejected)) : text.imports.confirm}
        </Button>
      )}
    </div>
  )
}

function Reading({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  const { progress } = entry
  const percent = progress ? Math.floor((progress.bytes / Math.max(progress.totalBytes, 1)) * 100) : 0
  return (
    <div role="status">
      <p>{text.imports.reading(entry.name, count(progress?.rows ?? 0))}</p>
      <Progress percent={percent} status="active" aria-label={text.imports.states.loading} />
    </div>
  )
}
