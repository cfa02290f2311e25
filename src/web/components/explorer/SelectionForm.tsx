import { Input, Segmented, Select } from 'antd'
import { useId } from 'react'
import { useText } from '../../language.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { dimensions, filterNames, type Selection } from './selection.ts'

type Change = (changes: Partial<Record<keyof Selection, string>>) => void

/** Flow, dimension, months, currency and filters; what was filtered stands below and can be taken off again. */
export function SelectionForm({ selection, onChange }: { selection: Selection; onChange: Change }) {
  const { text } = useText()
  const labels = text.explorer
  const ids = { by: useId(), hs: useId(), partner: useId() }
  const period = (name: 'from' | 'to') => (
    <Input
      type="month"
      aria-label={labels[name]}
      className="by"
      defaultValue={selection[name]}
      key={`${name} ${selection[name]}`}
      onBlur={({ target }) => target.value !== selection[name] && onChange({ [name]: target.value })}
      onPressEnter={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  )
  return (
    <div className="tools gap-below no-print">
      <Segmented
        aria-label={text.flow}
        value={selection.flow}
        onChange={(flow) => onChange({ flow })}
        options={(['export', 'import'] as const).map((value) => ({ value, label: text.flows[value] }))}
      />
      <Segmented
        aria-label={text.currency}
        value={selection.currency}
        onChange={(currency) => onChange({ currency })}
        options={(['USD', 'CNY'] as const).map((value) => ({ value, label: text.currencies[value] }))}
      />
      <Select
        id={ids.by}
        aria-label={text.structure.by}
        className="by"
        value={selection.by}
        onChange={(by) => onChange({ by })}
        options={dimensions.map((value) => ({ value, label: text.structure.dimensions[value] }))}
      />
      {period('from')}
      {period('to')}
      <Input
        key={`hs ${selection.hs ?? ''}`}
        aria-label={text.how.filters.hs}
        className="by"
        placeholder={labels.hs}
        inputMode="numeric"
        maxLength={10}
        onPressEnter={({ currentTarget }) => onChange({ hs: currentTarget.value.trim() })}
      />
      <div className="by">
        <label className="visually-hidden" htmlFor={ids.partner}>
          {text.how.filters.partner}
        </label>
        <CountrySelect
          id={ids.partner}
          value={selection.partner}
          onChange={(partner) => onChange({ partner })}
          placeholder={labels.partner}
        />
      </div>
      <Filtered selection={selection} onChange={onChange} />
    </div>
  )
}

function Filtered({ selection, onChange }: { selection: Selection; onChange: Change }) {
  const { text } = useText()
  const set = filterNames.filter((name) => selection[name] !== undefined)
  return (
    set.length > 0 && (
      <ul className="filtered" aria-label={text.explorer.filtered}>
        {set.map((name) => (
          <li key={name}>
            {text.how.filters[name]} {selection[name]}
            <button
              type="button"
              aria-label={text.explorer.without(text.how.filters[name] ?? name)}
              onClick={() => onChange({ [name]: '' })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    )
  )
}
