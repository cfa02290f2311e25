import { Segmented } from 'antd'
import type { Flow } from '../api.ts'
import type { Currency } from '../format.ts'
import { useText } from '../language.tsx'

/** Exports or imports, and the currency they are shown in; `flows` names the directions where the usual words do not do. */
export function FlowAndCurrency(props: {
  flow: Flow
  onFlow: (flow: Flow) => void
  currency: Currency
  onCurrency: (currency: Currency) => void
  flows?: Record<Flow, string>
}) {
  const { text } = useText()
  const flows = props.flows ?? text.flows
  return (
    <>
      <Segmented<Flow>
        aria-label={text.flow}
        value={props.flow}
        onChange={props.onFlow}
        options={(['export', 'import'] as const).map((value) => ({ value, label: flows[value] }))}
      />
      <Segmented<Currency>
        aria-label={text.currency}
        value={props.currency}
        onChange={props.onCurrency}
        options={(['USD', 'CNY'] as const).map((value) => ({ value, label: text.currencies[value] }))}
      />
    </>
  )
}
