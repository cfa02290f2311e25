import { SelectionFields } from '../explorer/SelectionFields.tsx'
import { FlowAndCurrency } from '../FlowAndCurrency.tsx'
import type { ChangeSelection } from './selection.ts'

/** Flow, currency, months and filters. */
export function ChangeForm(props: {
  selection: ChangeSelection
  onChange: (changes: Record<string, string>) => void
}) {
  const { selection, onChange } = props
  const { from, to, filters } = selection
  return (
    <div className="tools gap-below no-print">
      <FlowAndCurrency
        flow={selection.flow}
        onFlow={(flow) => onChange({ flow })}
        currency={selection.currency}
        onCurrency={(currency) => onChange({ currency })}
      />
      <SelectionFields from={from} to={to} filters={filters} onChange={onChange} />
    </div>
  )
}
