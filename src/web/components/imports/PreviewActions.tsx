import { Button } from 'antd'
import { type ImportEntry, useConfirm } from '../../api.ts'
import { useDropImport } from '../../api-wizard.ts'
import { count } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** Stores what a preview shows, or discards it. What disagrees with its control total cannot be stored. */
export function PreviewActions({ entry }: { entry: ImportEntry }) {
  const { text } = useText()
  const confirm = useConfirm()
  const drop = useDropImport()
  if (entry.state !== 'previewed') return null
  const rejected = entry.report?.rows.rejected ?? 0
  const error = confirm.error ?? drop.error
  return (
    <div className="card-actions">
      {!disagrees(entry) && (
        <Button
          type="primary"
          loading={confirm.isPending}
          disabled={drop.isPending}
          onClick={() => confirm.mutate({ id: entry.id, acceptPartial: rejected > 0 })}
        >
          {rejected > 0 ? text.wizard.confirmPartial(count(rejected)) : text.wizard.confirm}
        </Button>
      )}
      <Button loading={drop.isPending} disabled={confirm.isPending} onClick={() => drop.mutate(entry.id)}>
        {text.wizard.discard}
      </Button>
      {error && <ProblemNotice error={error} />}
    </div>
  )
}

/** Whether the file does not sum to the control total that was typed in. */
export function disagrees({ report }: ImportEntry): boolean {
  const control = report?.quality?.controlTotal ?? null
  return control !== null && control.difference !== '0'
}
