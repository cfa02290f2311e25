import { Modal } from 'antd'
import type { ImportEntry } from '../../api.ts'
import { type UndoEffect, useUndo, useUndoEffects } from '../../api-wizard.ts'
import { amount, count } from '../../format.ts'
import { useText } from '../../language.tsx'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { periodName } from './period-name.ts'

/** Says what taking a load back will change, and takes it back. */
export function UndoDialog({ entry, onClose }: { entry: ImportEntry; onClose: () => void }) {
  const { text } = useText()
  const words = text.wizard.undo
  const effects = useUndoEffects(entry.id)
  const undo = useUndo()
  return (
    <Modal
      open
      title={words.title(entry.name)}
      okText={words.done}
      cancelText={words.keep}
      okButtonProps={{ danger: true, loading: undo.isPending, disabled: effects.data === undefined }}
      onOk={() => undo.mutate(entry.id, { onSuccess: onClose })}
      onCancel={onClose}
      width={720}
    >
      <Loaded query={effects}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <>
              <p>{words.statement}</p>
              <Effects effects={data} />
            </>
          )
        }
      </Loaded>
      <p className="muted">{words.keeps}</p>
      {undo.error && <ProblemNotice error={undo.error} />}
    </Modal>
  )
}

function Effects({ effects }: { effects: readonly UndoEffect[] }) {
  const { language, text } = useText()
  const words = text.wizard.undo
  const sum = (of: UndoEffect['after']) => {
    if (of === null) return words.none
    const value = of.valueUsd === null ? of.valueCny : of.valueUsd
    const currency = of.valueUsd === null ? 'CNY' : 'USD'
    return `${value === null ? '—' : `${amount(value)} ${currency}`} (${text.imports.rowsLoaded(count(of.rows))})`
  }
  return (
    <div className="stacked">
      <ScrollingTable label={words.statement}>
        <thead>
          <tr>
            <th scope="col">{text.flow}</th>
            <th scope="col">{text.monthly.period}</th>
            <th scope="col" className="number">
              {words.now}
            </th>
            <th scope="col" className="number">
              {words.after}
            </th>
          </tr>
        </thead>
        <tbody>
          {effects.map((one) => (
            <tr key={`${one.dataset} ${one.flow} ${one.period}`}>
              <td>{text.flows[one.flow]}</td>
              <td className="nowrap">{periodName(one.period, language)}</td>
              <td className="number" data-label={words.now}>
                {sum(one.now)}
              </td>
              <td className="number" data-label={words.after}>
                {sum(one.after)}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </div>
  )
}
