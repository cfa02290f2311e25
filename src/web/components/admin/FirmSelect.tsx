import { Select } from 'antd'
import { useState } from 'react'
import { useFirms } from '../../api-admin.ts'
import { useText } from '../../language.tsx'
import { useDebounced } from '../../use-debounced.ts'

/** An enterprise by part of its name or the start of its code. */
export function FirmSelect(field: { id?: string; value?: string; onChange?: (id: string) => void }) {
  const { text } = useText()
  const [words, setWords] = useState('')
  const firms = useFirms(useDebounced(words))
  return (
    <Select
      {...field}
      showSearch={{ filterOption: false, onSearch: setWords }}
      placeholder={text.admin.people.enterpriseHelp}
      loading={firms.isFetching}
      notFoundContent={text.admin.enterprises.noMatch}
      options={(firms.data?.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
    />
  )
}
