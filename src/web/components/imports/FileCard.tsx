import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type ImportEntry, useImport } from '../../api.ts'
import { type FileOptions as Options, useDropImport, useReadAgain, useSendFile } from '../../api-wizard.ts'
import { count } from '../../format.ts'
import { RequestError } from '../../http.ts'
import { useText } from '../../language.tsx'
import { ImportReport } from '../ImportReport.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { Section } from '../Section.tsx'
import { FileOptions } from './FileOptions.tsx'
import { MappingEditor } from './MappingEditor.tsx'
import { disagrees, PreviewActions } from './PreviewActions.tsx'
import { Question } from './Question.tsx'
import { ReadingProgress } from './ReadingProgress.tsx'

/** One file on its way: sent, read, looked at, stored. */
export function FileCard({ file, onRemove }: { file: File; onRemove: () => void }) {
  const { text } = useText()
  const reading = useReading(file)
  const { entry, error, problem } = reading
  const [mapping, setMapping] = useState(false)
  const unknown = entry?.state === 'refused' && entry.kept && wantsColumns(entry)
  const remove = () => {
    reading.forget()
    onRemove()
  }
  const mayChange = !reading.busy && (error !== null || entry === undefined || mayBeReadAgain(entry))
  return (
    <Section
      title={<CardTitle file={file} entry={entry} />}
      extra={
        <Button size="small" type="text" onClick={remove} aria-label={text.wizard.removeOf(file.name)}>
          {text.wizard.remove}
        </Button>
      }
    >
      <div className="file-card">
        {reading.sending && <p role="status">{text.wizard.sent(file.name)}</p>}
        {entry?.state === 'loading' && <ReadingProgress id={entry.id} onCancel={reading.cancel} />}
        {problem ? <Question problem={problem} /> : error && <ProblemNotice error={error} />}
        {entry && entry.state !== 'loading' && problem === null && <Outcome entry={entry} />}
        {unknown && !mapping && (
          <Button className="start" type="primary" onClick={() => setMapping(true)}>
            {text.wizard.mapping.start}
          </Button>
        )}
        {mayChange && (
          <FileOptions
            file={file}
            value={reading.options}
            open={problem !== null}
            onRead={reading.readAgain}
            onMap={() => setMapping(true)}
          />
        )}
        {mayChange && mapping && entry?.kept && (
          <MappingEditor
            entry={entry}
            options={reading.options}
            onSaved={(format, sheet) => {
              setMapping(false)
              reading.readAgain({ ...reading.options, format, ...(sheet && { sheet }) })
            }}
          />
        )}
      </div>
    </Section>
  )
}

/** Whether it is for its header that the file is refused: for anything else its columns cannot be described. */
function wantsColumns({ report }: ImportEntry): boolean {
  return (
    report?.rejects.some(({ reasonCode }) =>
      /^header-(unknown|other|lacks|names)/.test(reasonCode?.code ?? ''),
    ) ?? false
  )
}

function mayBeReadAgain({ state }: ImportEntry): boolean {
  return state === 'previewed' || state === 'refused' || state === 'failed' || state === 'dropped'
}

/** Sends the file, follows what becomes of it, and has it read again when the user says more about it. */
function useReading(file: File) {
  const [options, setOptions] = useState<Options>({})
  const [id, setId] = useState<number | null>(null)
  const { mutate: post, ...sending } = useSendFile()
  const drop = useDropImport()
  const again = useReadAgain()
  const { data } = useImport(id)
  const entry = data?.data
  const begun = useRef(false)
  const read = (next: Options) => {
    setOptions(next)
    post(
      { file, options: next },
      { onSuccess: (answer) => setId(answer.data.id), onError: () => setId(null) },
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is sent once when it is dropped
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    read({})
  }, [])
  const forget = () => {
    if (entry && /^(previewed|loading|failed)$/.test(entry.state)) drop.mutate(entry.id)
  }
  const error = sending.error ?? again.error ?? drop.error
  const reading = sending.isPending || again.isPending
  return {
    options,
    entry: reading ? undefined : entry,
    sending: sending.isPending,
    busy: reading || drop.isPending || entry?.state === 'loading',
    error,
    problem: problemOf(sending.error ?? again.error, entry),
    readAgain: (next: Options) => {
      if (entry?.kept) {
        setOptions(next)
        again.mutate({ id: entry.id, options: next })
      } else {
        again.reset()
        forget()
        setId(null)
        read(next)
      }
    },
    cancel: forget,
    forget,
  }
}

/** What the user must say first, whether it was answered at once or written down with the import. */
function problemOf(error: Error | null, entry: ImportEntry | undefined): ImportEntry['problem'] {
  if (!(error instanceof RequestError)) return entry?.problem ?? null
  const { field, value = '', allowed = '', said } = error.problem
  return field === undefined ? null : { field, value, allowed, ...(said && { allowedCode: said }) }
}

function CardTitle({ file, entry }: { file: File; entry: ImportEntry | undefined }) {
  const { text } = useText()
  return (
    <span className="card-title">
      <span className="breakable">{file.name}</span>
      {entry && <span className={`state ${entry.state}`}>{text.imports.states[entry.state]}</span>}
    </span>
  )
}

function Outcome({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  if (entry.state === 'dropped' && entry.report?.status !== 'duplicate') {
    return <p role="status">{text.wizard.discarded}</p>
  }
  return (
    <>
      <Alert {...headline(entry, text)} showIcon role="status" />
      <ImportReport entry={entry} />
      <PreviewActions entry={entry} />
    </>
  )
}

/** What became of the file, in a sentence. */
function headline(entry: ImportEntry, text: ReturnType<typeof useText>['text']) {
  const { state, report } = entry
  const { meanings } = text.imports
  if (state === 'loaded' || state === 'partial')
    return { type: 'success' as const, title: text.wizard.loadedNow(count(report?.rows.loaded ?? 0)) }
  if (state === 'undone') return { type: 'info' as const, title: text.imports.states.undone }
  if (report?.status === 'duplicate') return { type: 'info' as const, title: meanings.duplicate }
  if (state !== 'previewed') return { type: 'error' as const, title: meanings.refused }
  if (disagrees(entry)) return { type: 'warning' as const, title: text.wizard.disagrees }
  return (report?.rows.rejected ?? 0) > 0
    ? { type: 'warning' as const, title: meanings.partial }
    : { type: 'info' as const, title: meanings.loaded }
}
