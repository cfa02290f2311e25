import { type DragEvent, useState } from 'react'
import { useText } from '../../language.tsx'

/** A place to drop files on; the same is a button for those who choose. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { text } = useText()
  const [over, setOver] = useState(false)
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same
    <div
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false)
        onFiles([...event.dataTransfer.files])
      }}
    >
      <p>
        <span className="drop-hint">{text.wizard.drop}</span>
        <label className="file">
          <span>{text.wizard.choose}</span>
          <input
            type="file"
            multiple
            className="visually-hidden"
            accept=".csv,.txt,.tsv,.dat,.gz,.xlsx,.xls"
            onChange={({ target }) => {
              onFiles([...(target.files ?? [])])
              target.value = ''
            }}
          />
        </label>
      </p>
      <p className="muted">{text.wizard.dropHelp}</p>
      <p className="muted">{text.wizard.accepted}</p>
    </div>
  )
}
