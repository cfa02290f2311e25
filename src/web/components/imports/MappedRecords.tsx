import { Alert } from 'antd'
import type { MappingPreview } from '../../api-wizard.ts'
import { amount } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { periodName } from './period-name.ts'
import { useSaid } from './use-said.ts'

type Tried = MappingPreview['records'][number]

/** The first records that a mapping makes of a file; rows it cannot read say why. */
export function MappedRecords({ tried }: { tried: MappingPreview }) {
  const { text } = useText()
  const said = useSaid()
  const words = text.wizard.mapping
  const names = [
    text.monthly.period,
    text.flow,
    words.fields.hs,
    words.fields.partner,
    words.fields.quantity1,
    text.wizard.amount,
  ]
  if (tried.refused !== null)
    return <Alert type="warning" showIcon title={said(tried.refused, tried.refusedCode)} />
  return (
    <>
      <h3>{words.records}</h3>
      {tried.records.length === 0 && <p className="muted">{words.noRecords}</p>}
      <ScrollingTable label={words.records}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tried.records.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are those of the file, in its order
            <TriedRow key={index} row={row} columns={names.length} />
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

function TriedRow({ row: { record, problems }, columns }: { row: Tried; columns: number }) {
  const { language, text } = useText()
  const said = useSaid()
  const names: Record<string, string | undefined> = text.wizard.mapping.fields
  const problemText = (problem: Tried['problems'][number]) => {
    const { column, value, reason, hint, reasonCode, hintCode } = problem
    const place = names[column] ?? column
    return `${place}${value === '' ? '' : ` “${value}”`}${text.colon}${said(reason, reasonCode)}${text.stop}${said(hint, hintCode)}`
  }
  if (record === null) {
    return (
      <tr>
        <td colSpan={columns} className="bad">
          {problems.map(problemText).join(' ')}
        </td>
      </tr>
    )
  }
  const { quantity1, unit1, valueCny, valueUsd, value, currency } = record
  const values = [
    valueUsd === null ? null : `${amount(valueUsd)} USD`,
    valueCny === null ? null : `${amount(valueCny)} CNY`,
    valueUsd === null && valueCny === null && value !== null ? `${amount(value)} ${currency ?? ''}` : null,
  ]
  return (
    <tr>
      <td className="nowrap">{periodName(record.period, language)}</td>
      <td>{text.flows[record.flow]}</td>
      <td>{record.hs}</td>
      <td>{record.partner || '—'}</td>
      <td className="nowrap">{quantity1 === null ? '—' : `${quantity1} ${unit1 ?? ''}`}</td>
      <td className="nowrap">{values.filter((one) => one !== null).join(' · ')}</td>
    </tr>
  )
}
