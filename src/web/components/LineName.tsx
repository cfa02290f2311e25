/** The row is clicked with a pointer, the name in it reached by keyboard. */
export function LineName({ name, onDrill }: { name: string; onDrill: (() => void) | null }) {
  if (onDrill === null) return name
  return (
    <button
      type="button"
      className="drill"
      onClick={(event) => {
        event.stopPropagation()
        onDrill()
      }}
    >
      {name}
    </button>
  )
}
