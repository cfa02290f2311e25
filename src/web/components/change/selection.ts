import { useSearchParams } from 'react-router'
import type { Flow } from '../../api.ts'
import type { Currency } from '../../format.ts'
import { useCityData } from '../../vintage.ts'
import { spanOf } from '../../year-to-date.ts'
import { changeIn, type Filters, filtersIn } from '../explorer/selection.ts'

/** Whose change is explained: the address holds it. */
export interface ChangeSelection {
  flow: Flow
  currency: Currency
  from: string
  to: string
  filters: Filters
}

/** The selection in the address, exports of the year to date unless it says otherwise; and how to change it. */
export function useChangeSelection() {
  const [params, setParams] = useSearchParams()
  const span = spanOf(useCityData().last)
  const given = (name: string) => params.get(name) ?? ''
  const month = (name: 'from' | 'to') => (/^\d{4}-\d{2}$/.test(given(name)) ? given(name) : span[name])
  const selection: ChangeSelection = {
    flow: given('flow') === 'import' ? 'import' : 'export',
    currency: given('currency') === 'CNY' ? 'CNY' : 'USD',
    from: month('from'),
    to: month('to'),
    filters: filtersIn(params),
  }
  return { selection, change: changeIn(setParams) }
}

/** The span as the service takes it: FROM..TO. */
export function currentOf({ from, to }: ChangeSelection): string {
  return to === '' ? '' : `${from}..${to}`
}

/** Flow, currency and filters of a selection, as a query has them. */
export function asked({ flow, currency, filters }: ChangeSelection) {
  return { flow, currency, ...filters }
}
