import { Button, Checkbox, Input, Popover } from 'antd'
import { useText } from '../../language.tsx'
import { choosable, type View } from './view.ts'

/** Which columns, which lines, and against which other months. */
export function ViewForm({
  view,
  onChange,
}: {
  view: View
  onChange: (changes: Record<string, string>) => void
}) {
  const { text } = useText()
  const labels = text.explorer
  const names = {
    value: text.value,
    share: text.structure.share,
    base: text.change.tree.before,
    yoy: text.yoy,
    pull: text.structure.pull,
  }
  const month = (name: 'vsFrom' | 'vsTo', value: string) => (
    <Input
      type="month"
      aria-label={labels[name]}
      className="by"
      key={`${name} ${value}`}
      defaultValue={value}
      onBlur={({ target }) => target.value !== value && onChange({ [name]: target.value })}
      onPressEnter={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  )
  const { against } = view
  return (
    <div className="tools gap-below-small no-print">
      <Input
        aria-label={labels.words}
        placeholder={labels.words}
        className="words"
        allowClear
        defaultValue={view.words}
        onChange={({ target }) => onChange({ q: target.value.trim() })}
      />
      <Popover
        trigger="click"
        placement="bottomLeft"
        content={
          <Checkbox.Group
            className="column-choice"
            value={view.columns}
            onChange={(chosen) => onChange({ columns: chosen.join(',') })}
            options={choosable.map((value) => ({ value, label: names[value] }))}
          />
        }
      >
        <Button>{labels.columns}</Button>
      </Popover>
      <span className="muted beside">{labels.against}</span>
      {month('vsFrom', against.from)}
      {month('vsTo', against.to)}
      {(against.from !== '' || against.to !== '') && (
        <Button onClick={() => onChange({ vsFrom: '', vsTo: '' })}>{labels.noComparison}</Button>
      )}
    </div>
  )
}
