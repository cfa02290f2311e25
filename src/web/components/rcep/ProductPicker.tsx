import { AutoComplete, Input } from 'antd'
import { useDeferredValue, useMemo } from 'react'
import { useHsSearch } from '../../api.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'

/** A product by the beginning of its code or part of its Chinese name; a code that is not listed may be typed as well. */
export function ProductPicker(field: {
  id?: string
  value?: string
  onChange?: (typed: string) => void
  status?: 'error' | ''
}) {
  const { language, text } = useText()
  const words = useDeferredValue((field.value ?? '').trim())
  const { data, isFetching } = useHsSearch(words)
  const options = useMemo(() => {
    const lines = words === '' ? [] : (data?.data ?? []).filter(({ code }) => code.length === 8)
    return lines.map((line) => ({
      value: line.code,
      label: (
        <span className="match">
          <span className="muted code">{line.code}</span>
          {nameOf(line, language)}
        </span>
      ),
    }))
  }, [data, words, language])
  const chosen = data?.data.find(({ code }) => code === words)
  return (
    <>
      <AutoComplete
        {...field}
        options={options}
        notFoundContent={words === '' || isFetching ? null : text.rcep.form.noMatch}
      >
        <Input placeholder={text.rcep.form.productExample} maxLength={60} />
      </AutoComplete>
      {chosen && <div className="muted chosen">{nameOf(chosen, language)}</div>}
    </>
  )
}

/** The digits of what was typed or chosen; empty when they are too few for a product. */
export function codeIn(typed: string): string {
  const digits = /^[\d.\s]+/.exec(typed ?? '')?.[0].replaceAll(/\D/g, '') ?? ''
  return digits.length < 6 ? '' : digits
}
