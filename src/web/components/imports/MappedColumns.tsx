import { Select } from 'antd'
import type { MappingPreview } from '../../api-wizard.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { MappedField, MappingDraft } from './mapping-draft.ts'

const samples = 3

/** The columns of a file, each with its first values and what it means. */
export function MappedColumns(props: {
  table: MappingPreview
  meanings: MappingDraft['meanings']
  onChange: (meanings: MappingDraft['meanings']) => void
}) {
  const { text } = useText()
  const words = text.wizard.mapping
  const { table, meanings } = props
  const fields = Object.entries(words.fields).map(([value, label]) => ({ value, label }))
  const choose = (header: string, field: string) => {
    const { [header]: _before, ...others } = meanings
    const chosen = field === '' ? others : { ...others, [header]: field as MappedField }
    props.onChange(chosen)
  }
  return (
    <div className="stacked">
      <ScrollingTable label={words.title}>
        <thead>
          <tr>
            {[words.column, words.sample, words.meaning].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.headers.map((header, index) =>
            header === '' ? null : (
              <tr key={header}>
                <th scope="row" className="breakable">
                  {header}
                </th>
                <td className="muted breakable">
                  {table.sample
                    .slice(0, samples)
                    .map((row) => row[index] ?? '')
                    .join(' · ')}
                </td>
                <td>
                  <Select
                    aria-label={words.meaningOf(header)}
                    className="meaning"
                    showSearch={{ optionFilterProp: 'label' }}
                    value={meanings[header] ?? ''}
                    options={[{ value: '', label: words.unused }, ...fields]}
                    onChange={(field) => choose(header, field)}
                  />
                </td>
              </tr>
            ),
          )}
        </tbody>
      </ScrollingTable>
    </div>
  )
}
