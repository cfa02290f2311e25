import type { Opportunities } from '../../api-preference.ts'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'

/** How the figures came about, and the official tables that are still to be loaded. */
export function Notes({ meta }: { meta: Pick<Opportunities['meta'], 'notes' | 'toLoad'> }) {
  const { text } = useText()
  const labels = text.preference.matrix
  return (
    <div className="columns">
      <Section title={labels.notes}>
        <ul className="lines">
          {meta.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Section>
      {meta.toLoad.length > 0 && (
        <Section title={labels.toLoad}>
          <details>
            <summary>{[...new Set(meta.toLoad.map(({ importer }) => importer))].join(text.comma)}</summary>
            <ul className="lines">
              {meta.toLoad.map((one) => (
                <li key={one.text}>{one.text}</li>
              ))}
            </ul>
          </details>
        </Section>
      )}
    </div>
  )
}
