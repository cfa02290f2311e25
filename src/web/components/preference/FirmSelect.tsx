import { Select } from 'antd'
import { useState } from 'react'
import { useFirms } from '../../api-preference.ts'
import { useText } from '../../language.tsx'
import { useDebounced } from '../../use-debounced.ts'

/** A firm by part of its name or code, among all that the bureau knows. */
export function FirmSelect(props: { value: string; onChange: (firm: string) => void }) {
  const { text } = useText()
  const [words, type] = useState(props.value)
  const { data, isFetching } = useFirms(useDebounced(words, 250), true)
  const options = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))
  return (
    <Select
      aria-label={text.preference.matrix.firm}
      className="firm-select"
      value={props.value || null}
      placeholder={text.preference.matrix.chooseFirm}
      showSearch={{ filterOption: false, onSearch: type }}
      loading={isFetching}
      options={options}
      onChange={props.onChange}
    />
  )
}
