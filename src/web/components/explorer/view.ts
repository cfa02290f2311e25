import { useSearchParams } from 'react-router'

const columnNames = ['value', 'share', 'base', 'yoy', 'pull'] as const
const compared = ['other', 'difference'] as const
export type ColumnName = (typeof columnNames)[number] | (typeof compared)[number]

/** The columns that can be chosen, and those shown unless others are. */
export const choosable = columnNames
const usual: readonly ColumnName[] = ['value', 'share', 'yoy', 'pull']

/** How the lines are looked at: the address holds it. */
export interface View {
  columns: ColumnName[]
  sort: ColumnName
  order: 'descend' | 'ascend'
  /** Part of a code or name. */
  words: string
  /** The other period; empty for none. */
  against: { from: string; to: string }
}

const month = /^\d{4}-\d{2}$/

/** The view in the address, and how to change it without leaving a step to go back to. */
export function useView() {
  const [params, setParams] = useSearchParams()
  const given = (name: string) => params.get(name) ?? ''
  const against = { from: monthIn(given('vsFrom')), to: monthIn(given('vsTo')) }
  const isCompared = against.from !== '' && against.to !== ''
  const chosen = columnNames.filter((name) => given('columns').split(',').includes(name))
  const base = chosen.length > 0 ? chosen : usual
  const columns = isCompared ? [...base.slice(0, 1), ...compared, ...base.slice(1)] : [...base]
  const view: View = {
    columns,
    sort: columns.find((name) => name === given('sort')) ?? 'value',
    order: given('order') === 'ascend' ? 'ascend' : 'descend',
    words: given('q'),
    against,
  }
  const change = (changes: Record<string, string>) =>
    setParams(
      () => {
        // The address itself: what the last render knew may lack a change made a moment ago.
        const after = new URLSearchParams(window.location.search)
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value)
          else after.delete(name)
        }
        return after
      },
      { replace: true },
    )
  return { view, isCompared, change }
}

function monthIn(text: string): string {
  return month.test(text) ? text : ''
}
