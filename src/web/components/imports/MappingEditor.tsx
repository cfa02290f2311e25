import { Alert, Button, Input } from 'antd'
import { useEffect, useId, useState } from 'react'
import { type FileOptions, type MappingTrial, useSaveMapping, useTriedMapping } from '../../api-wizard.ts'
import { useText } from '../../language.tsx'
import { useDebounced } from '../../use-debounced.ts'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { MappedColumns } from './MappedColumns.tsx'
import { MappedConstants } from './MappedConstants.tsx'
import { MappedRecords } from './MappedRecords.tsx'
import { headOf, type MappingDraft, mappingOf, meaningsOf } from './mapping-draft.ts'

/** What each column of a file nobody knows means, with the first records it becomes; saved under a name. */
export function MappingEditor(props: { file: File; options: FileOptions; onSaved: (name: string) => void }) {
  const { text } = useText()
  const words = text.wizard.mapping
  const { file, options } = props
  const head = useHead(file)
  const [meanings, setMeanings] = useState<MappingDraft['meanings'] | null>(null)
  const [constants, setConstants] = useState<MappingDraft['constants']>({})
  const [name, setName] = useState('')
  const nameId = useId()
  const columns = useTriedMapping(head === null ? null : { name: file.name, head, mapping: null })
  // guesses hold until a meaning is chosen, whatever was said of every row before they came
  const shown = meanings ?? meaningsOf(columns.data?.data.guesses ?? {})
  const mapping = mappingOf({ meanings: shown, constants })
  // as text: a trial made anew with each rendering would never come to rest
  const wanted = useDebounced(
    head === null || mapping === null ? '' : JSON.stringify(trialOf(file, head, mapping, options)),
    300,
  )
  const trial = wanted === '' ? null : (JSON.parse(wanted) as MappingTrial)
  const tried = useTriedMapping(trial)
  const save = useSaveMapping()
  if (/\.(xlsx|gz)$/i.test(file.name)) return <Alert type="info" showIcon title={words.onlyText} />
  return (
    <div className="mapping">
      <h3>{words.title}</h3>
      <p className="muted">{words.help}</p>
      <Loaded query={columns}>
        {({ data }) => <MappedColumns table={data} meanings={shown} onChange={setMeanings} />}
      </Loaded>
      <MappedConstants constants={constants} onChange={setConstants} />
      {mapping === null ? (
        <Alert type="warning" showIcon title={words.needMoney} />
      ) : (
        <Loaded query={tried}>{({ data }) => <MappedRecords tried={data} />}</Loaded>
      )}
      <form
        className="option-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (mapping) save.mutate({ name, mapping }, { onSuccess: () => props.onSaved(name) })
        }}
      >
        <div className="option">
          <label htmlFor={nameId}>{words.name}</label>
          <Input
            id={nameId}
            value={name}
            required
            maxLength={40}
            placeholder={words.nameExample}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={mapping === null || name === ''}
        >
          {words.save}
        </Button>
      </form>
      {save.error && <ProblemNotice error={save.error} />}
    </div>
  )
}

function trialOf(
  file: File,
  head: string,
  mapping: MappingTrial['mapping'],
  { flow, period, currency }: FileOptions,
): MappingTrial {
  const given = { ...(flow && { flow }), ...(period && { period }), ...(currency && { currency }) }
  return { name: file.name, head, mapping, ...given } as MappingTrial
}

/** The beginning of the file once it is read. */
function useHead(file: File): string | null {
  const [head, setHead] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    headOf(file).then((text) => current && setHead(text))
    return () => {
      current = false
    }
  }, [file])
  return head
}
