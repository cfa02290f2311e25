import { Select } from 'antd'
import { useId } from 'react'
import { useText } from '../../language.tsx'
import { FlowAndCurrency } from '../FlowAndCurrency.tsx'
import { SelectionFields } from './SelectionFields.tsx'
import { dimensions, type Selection } from './selection.ts'

type Change = (changes: Partial<Record<keyof Selection, string>>) => void

/** Flow, currency, dimension, months and filters. */
export function SelectionForm({ selection, onChange }: { selection: Selection; onChange: Change }) {
  const { text } = useText()
  const byId = useId()
  const { from, to } = selection
  return (
    <div className="tools gap-below no-print">
      <FlowAndCurrency
        flow={selection.flow}
        onFlow={(flow) => onChange({ flow })}
        currency={selection.currency}
        onCurrency={(currency) => onChange({ currency })}
      />
      <Select
        id={byId}
        aria-label={text.structure.by}
        className="by"
        value={selection.by}
        onChange={(by) => onChange({ by })}
        options={dimensions.map((value) => ({ value, label: text.structure.dimensions[value] }))}
      />
      <SelectionFields from={from} to={to} filters={selection} onChange={onChange} />
    </div>
  )
}
