import { useSearchParams } from 'react-router'
import type { Flow } from '../../api.ts'
import type { Currency } from '../../format.ts'

export const dimensions = [
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'partner',
  'region',
  'mode',
  'enterprise',
  'ownership',
  'district',
  'transport',
] as const
export type Dimension = (typeof dimensions)[number]

export const filterNames = ['hs', 'partner', 'mode', 'enterprise'] as const
export type Filters = Partial<Record<(typeof filterNames)[number], string>>

/** What is looked at: the address holds it, so that it can be kept and passed on. */
export interface Selection extends Filters {
  flow: Flow
  by: Dimension
  from: string
  to: string
  currency: Currency
}

/** The selection in the address, the year to date by chapter unless it says otherwise; and how to change it. */
export function useSelection(span: { from: string; to: string }) {
  const [params, setParams] = useSearchParams()
  const one = <const Value extends string>(name: string, allowed: readonly [Value, ...Value[]]): Value =>
    allowed.find((value) => value === params.get(name)) ?? allowed[0]
  const selection: Selection = {
    flow: one('flow', ['export', 'import']),
    by: one('by', dimensions),
    from: params.get('from') ?? span.from,
    to: params.get('to') ?? span.to,
    currency: one('currency', ['USD', 'CNY']),
    ...filtersIn(params),
  }
  return { selection, change: changeIn(setParams) }
}

/** Writes changes into the address, each a step back can return from; an empty value takes the parameter out. */
export function changeIn(setParams: ReturnType<typeof useSearchParams>[1]) {
  return (changes: Partial<Record<string, string>>) =>
    setParams(() => {
      // The address itself: what the last render knew may lack a change made a moment ago.
      const after = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value)
        else after.delete(name)
      }
      return after
    })
}

/** What the address filters by. */
export function filtersIn(params: URLSearchParams): Filters {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = params.get(name)
      return value ? [[name, value]] : []
    }),
  )
}

/** Where a line leads: chapter, heading, product, its enterprises; a partner's products. Null where there is nothing below. */
export function drillOf(selection: Selection, code: string): Partial<Record<keyof Selection, string>> | null {
  if (code === 'other' || code === 'unclassified') return null
  switch (selection.by) {
    case 'hs2':
      return { hs: code, by: 'hs4' }
    case 'hs4':
      return { hs: code, by: 'hs6' }
    case 'hs6':
    case 'hs8':
      return { hs: code, by: 'enterprise' }
    case 'partner':
      return { partner: code, by: below(selection.hs) }
    case 'region':
      return code === 'ungrouped' ? null : { partner: code, by: 'partner' }
    case 'mode':
      return { mode: code, by: below(selection.hs) }
    case 'enterprise':
      return { enterprise: code, by: below(selection.hs) }
    default:
      return null
  }
}

/** The products under a code, chapters where there is none. */
function below(hs: string | undefined): Dimension {
  if (hs === undefined) return 'hs2'
  return hs.length === 2 ? 'hs4' : hs.length === 4 ? 'hs6' : 'hs8'
}
