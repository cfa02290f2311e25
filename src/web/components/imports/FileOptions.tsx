import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { type FileOptions as Options, useMappings } from '../../api-wizard.ts'
import { useText } from '../../language.tsx'
import { OptionField } from './OptionField.tsx'

const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252']
const newMapping = '+'

/** What the user may say about a file where it was not recognised right. */
export function FileOptions(props: {
  file: File
  value: Options
  open: boolean
  onRead: (options: Options) => void
  onMap: () => void
}) {
  const { text } = useText()
  const [options, setOptions] = useState(props.value)
  const [open, setOpen] = useState(props.open)
  useEffect(() => {
    if (props.open) setOpen(true)
  }, [props.open])
  useEffect(() => setOptions(props.value), [props.value])
  const names = text.wizard.options
  const set = (name: keyof Options, value: string) => setOptions((before) => ({ ...before, [name]: value }))
  const field = (name: keyof Options, example = '') => (
    <OptionField label={names[name]}>
      {(id) => (
        <Input
          id={id}
          value={options[name] ?? ''}
          placeholder={example}
          onChange={({ target }) => set(name, target.value)}
        />
      )}
    </OptionField>
  )
  const choice = (name: keyof Options, values: readonly { value: string; label: string }[]) => (
    <OptionField label={names[name]}>
      {(id) => (
        <Select
          id={id}
          value={options[name] ?? ''}
          options={[{ value: '', label: names.auto }, ...values]}
          onChange={(value) => (value === newMapping ? props.onMap() : set(name, value))}
        />
      )}
    </OptionField>
  )
  return (
    <details
      className="file-options"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{names.title}</summary>
      <p className="muted">{names.help}</p>
      <form
        className="option-grid"
        onSubmit={(event) => {
          event.preventDefault()
          props.onRead(options)
        }}
      >
        {choice('format', useFormats())}
        {choice('flow', [
          { value: 'export', label: text.flows.export },
          { value: 'import', label: text.flows.import },
        ])}
        {field('period', names.periodExample)}
        {choice('currency', [
          { value: 'CNY', label: text.currencies.CNY },
          { value: 'USD', label: text.currencies.USD },
        ])}
        {choice(
          'encoding',
          encodings.map((value) => ({ value, label: value })),
        )}
        {/\.xlsx?$/i.test(props.file.name) && field('sheet', names.sheetExample)}
        {field('part', names.partExample)}
        {field('rates', names.ratesExample)}
        {field('controlTotal', names.controlTotalExample)}
        <Button htmlType="submit">{text.wizard.again}</Button>
      </form>
    </details>
  )
}

function useFormats(): { value: string; label: string }[] {
  const { text } = useText()
  const { data } = useMappings()
  const known = Object.entries(text.wizard.formats).map(([value, label]) => ({ value, label }))
  const saved = (data?.data ?? []).map(({ name }) => ({ value: name, label: name }))
  return [...known, ...saved, { value: newMapping, label: text.wizard.options.newMapping }]
}
