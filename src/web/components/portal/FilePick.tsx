/** A button that picks one file; the same file may be picked again after it was mended. */
export function FilePick(props: {
  label: string
  accept?: string
  busy?: boolean
  onPick: (file: File) => void
}) {
  return (
    <label className="file">
      {props.label}
      <input
        type="file"
        className="visually-hidden"
        accept={props.accept}
        disabled={props.busy}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) props.onPick(file)
        }}
      />
    </label>
  )
}
