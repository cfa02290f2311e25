import { Input } from 'antd'
import { useId } from 'react'
import { useText } from '../../language.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { type Filters, filterNames } from './selection.ts'

type Change = (changes: Partial<Record<'from' | 'to' | keyof Filters, string>>) => void

/** Months, product and partner; what was filtered stands below and can be taken off again. */
export function SelectionFields(props: { from: string; to: string; filters: Filters; onChange: Change }) {
  const { text } = useText()
  const { filters, onChange } = props
  const partnerId = useId()
  const month = (name: 'from' | 'to') => (
    <Input
      type="month"
      aria-label={text.explorer[name]}
      className="by"
      defaultValue={props[name]}
      key={`${name} ${props[name]}`}
      onBlur={({ target }) => target.value !== props[name] && onChange({ [name]: target.value })}
      onPressEnter={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  )
  return (
    <>
      {month('from')}
      {month('to')}
      <Input
        key={`hs ${filters.hs ?? ''}`}
        aria-label={text.how.filters.hs}
        className="by"
        placeholder={text.explorer.hs}
        inputMode="numeric"
        maxLength={10}
        onPressEnter={({ currentTarget }) => onChange({ hs: currentTarget.value.trim() })}
      />
      <div className="by">
        <label className="visually-hidden" htmlFor={partnerId}>
          {text.how.filters.partner}
        </label>
        <CountrySelect
          id={partnerId}
          value={filters.partner}
          onChange={(partner) => onChange({ partner })}
          placeholder={text.explorer.partner}
        />
      </div>
      <Filtered filters={filters} onChange={onChange} />
    </>
  )
}

function Filtered({ filters, onChange }: { filters: Filters; onChange: Change }) {
  const { text } = useText()
  const set = filterNames.filter((name) => filters[name] !== undefined)
  return (
    set.length > 0 && (
      <ul className="filtered" aria-label={text.explorer.filtered}>
        {set.map((name) => (
          <li key={name}>
            {text.how.filters[name]} {filters[name]}
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
