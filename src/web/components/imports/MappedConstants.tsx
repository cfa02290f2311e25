import { Input, Select } from 'antd'
import { useText } from '../../language.tsx'
import type { MappingDraft } from './mapping-draft.ts'
import { OptionField } from './OptionField.tsx'

type Name = keyof MappingDraft['constants']

/** What holds for every row of such files, where no column says it. */
export function MappedConstants(props: {
  constants: MappingDraft['constants']
  onChange: (constants: MappingDraft['constants']) => void
}) {
  const { text } = useText()
  const words = text.wizard.mapping
  const { constants } = props
  const set = (name: Name, value: string) => props.onChange({ ...constants, [name]: value })
  const field = (name: Name, label: string, example = '') => (
    <OptionField label={label}>
      {(id) => (
        <Input
          id={id}
          value={constants[name] ?? ''}
          placeholder={example}
          onChange={({ target }) => set(name, target.value.trim())}
        />
      )}
    </OptionField>
  )
  const choice = (name: Name, label: string, options: { value: string; label: string }[]) => (
    <OptionField label={label}>
      {(id) => (
        <Select
          id={id}
          value={constants[name] ?? ''}
          options={[{ value: '', label: words.fromColumn }, ...options]}
          onChange={(value) => set(name, value)}
        />
      )}
    </OptionField>
  )
  return (
    <fieldset className="option-grid constants">
      <legend>{words.constants}</legend>
      {choice('flow', words.flow, [
        { value: 'export', label: text.flows.export },
        { value: 'import', label: text.flows.import },
      ])}
      {field('currency', words.currency, words.currencyExample)}
      {field('valueFactor', words.valueFactor, '1')}
      {field('quantityUnit', words.quantityUnit, '千克')}
      <OptionField label={words.partnerCodes}>
        {(id) => (
          <Select
            id={id}
            value={constants.partnerCodes ?? 'customs'}
            options={Object.entries(words.codes).map(([value, label]) => ({ value, label }))}
            onChange={(value) => set('partnerCodes', value)}
          />
        )}
      </OptionField>
      {field('hsEdition', words.edition, '2022')}
    </fieldset>
  )
}
