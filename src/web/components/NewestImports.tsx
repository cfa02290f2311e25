import { Link } from 'react-router'
import { useImports } from '../api.ts'
import { count, dayAndTime } from '../format.ts'
import { useText } from '../language.tsx'
import { EmptyState } from './EmptyState.tsx'
import { Loaded } from './Loaded.tsx'
import { Section } from './Section.tsx'

const shown = 5

export function NewestImports() {
  const { text } = useText()
  const imports = useImports()
  return (
    <Section title={text.imports.newest} extra={<Link to="/imports">{text.imports.all}</Link>}>
      <Loaded query={imports}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={text.imports.none} next={<Link to="/imports">{text.imports.noneNext}</Link>} />
          ) : (
            <ul className="rows">
              {data.slice(0, shown).map((entry) => (
                <li key={entry.id}>
                  <span className={`state ${entry.state}`}>{text.imports.states[entry.state]}</span>
                  <div>
                    <span className="breakable">{entry.name}</span>
                    <div className="muted">
                      {dayAndTime(entry.receivedAt)}
                      {entry.report && ` · ${text.imports.rowsLoaded(count(entry.report.rows.loaded))}`}
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
