import { Alert, Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import type { ImportEntry } from '../../api.ts'
import { type FileOptions, type MappingTrial, useSaveMapping, useTriedMapping } from '../../api-wizard.ts'
import { useText } from '../../language.tsx'
import { useDebounced } from '../../use-debounced.ts'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { MappedColumns } from './MappedColumns.tsx'
import { MappedConstants } from './MappedConstants.tsx'
import { MappedRecords } from './MappedRecords.tsx'
import { type MappingDraft, mappingOf, meaningsOf } from './mapping-draft.ts'
import { OptionField } from './OptionField.tsx'

/** What each column of a file nobody knows means, with the first records it becomes; saved under a name. */
export function MappingEditor(props: {
  entry: ImportEntry
  options: FileOptions
  onSaved: (format: string, sheet: string | undefined) => void
}) {
  const { text } = useText()
  const words = text.wizard.mapping
  const { entry, options } = props
  const [sheet, setSheet] = useState(options.sheet)
  const [meanings, setMeanings] = useState<MappingDraft['meanings'] | null>(null)
  const [constants, setConstants] = useState<MappingDraft['constants']>({})
  const [name, setName] = useState('')
  const nameId = useId()
  const kept = { name: entry.name, import: entry.id, ...(sheet && { sheet }) }
  const columns = useTriedMapping({ ...kept, mapping: null })
  // guesses hold until a meaning is chosen, whatever was said of every row before they came
  const shown = meanings ?? meaningsOf(columns.data?.data.guesses ?? {})
  const mapping = mappingOf({ meanings: shown, constants })
  // as text: a trial made anew with each rendering would never come to rest
  const wanted = useDebounced(mapping === null ? '' : JSON.stringify(trialOf(kept, mapping, options)), 300)
  const trial = wanted === '' ? null : (JSON.parse(wanted) as MappingTrial)
  const tried = useTriedMapping(trial)
  const save = useSaveMapping()
  const sheets = columns.data?.data.sheets ?? []
  return (
    <div className="mapping">
      <h3>{words.title}</h3>
      <p className="muted">{words.help}</p>
      {sheets.length > 1 && (
        <div className="option-grid">
          <OptionField label={text.wizard.options.sheet}>
            {(id) => (
              <Select
                id={id}
                value={sheet ?? columns.data?.data.sheet ?? ''}
                options={sheets.map((value) => ({ value, label: value }))}
                onChange={(value) => {
                  setSheet(value)
                  setMeanings(null)
                }}
              />
            )}
          </OptionField>
        </div>
      )}
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
          if (mapping) save.mutate({ name, mapping }, { onSuccess: () => props.onSaved(name, sheet) })
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
  kept: MappingTrial,
  mapping: MappingTrial['mapping'],
  { flow, period, currency }: FileOptions,
): MappingTrial {
  const given = { ...(flow && { flow }), ...(period && { period }), ...(currency && { currency }) }
  return { ...kept, mapping, ...given } as MappingTrial
}
