import { Button, Progress } from 'antd'
import { useProgress } from '../../api-wizard.ts'
import { count } from '../../format.ts'
import { useText } from '../../language.tsx'

/** How far a file is read: bytes, rows, rows a second, the rest; and a way to stop. */
export function ReadingProgress({ id, onCancel }: { id: number; onCancel: () => void }) {
  const { text } = useText()
  const progress = useProgress(id)
  const { bytes = 0, totalBytes = 0, rows = 0 } = progress ?? {}
  const size = (value: number) =>
    value < 1e6
      ? `${count(value / 1e3)} ${text.wizard.size.kB}`
      : `${(value / 1e6).toFixed(1)} ${text.wizard.size.MB}`
  const read = totalBytes > 0 && bytes >= totalBytes
  return (
    <div className="reading">
      <Progress
        percent={Math.floor((bytes / Math.max(totalBytes, 1)) * 100)}
        status="active"
        aria-label={text.imports.states.loading}
      />
      <p role="status">
        {progress === null || progress.waiting
          ? text.wizard.waiting
          : [
              text.wizard.progress({ read: size(bytes), total: size(totalBytes), rows: count(rows) }),
              progress.rowsPerSecond === null ? null : text.wizard.speed(count(progress.rowsPerSecond)),
              read
                ? text.wizard.summing
                : progress.restSeconds === null
                  ? null
                  : text.wizard.rest(progress.restSeconds),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
      </p>
      <Button size="small" onClick={onCancel}>
        {text.wizard.cancel}
      </Button>
    </div>
  )
}
