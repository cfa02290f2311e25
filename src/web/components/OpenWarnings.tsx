import { Link } from 'react-router'
import { useWarnings } from '../api.ts'
import { month } from '../format.ts'
import { useText } from '../language.tsx'
import { EmptyState } from './EmptyState.tsx'
import { Loaded } from './Loaded.tsx'
import { Section } from './Section.tsx'
import { Severity, ValueAndBase, WarningSubject } from './warning-parts.tsx'

const shown = 6

/** The gravest open warnings. */
export function OpenWarnings() {
  const { language, text } = useText()
  const warnings = useWarnings('open')
  return (
    <Section title={text.warnings.open} extra={<Link to="/warnings">{text.warnings.all}</Link>}>
      <Loaded query={warnings}>
        {({ data, meta }) =>
          data.length === 0 ? (
            <EmptyState title={text.warnings.none} next={text.warnings.noneNext} />
          ) : (
            <>
              <ul className="rows">
                {data.slice(0, shown).map((warning) => (
                  <li key={warning.id}>
                    <Severity severity={warning.rule.severity} />
                    <div>
                      <Link to={`/warnings/${warning.id}`}>
                        <WarningSubject warning={warning} />
                      </Link>
                      <div>
                        <ValueAndBase warning={warning} />
                        {warning.firedPeriod && (
                          <span className="muted">
                            {' '}
                            {text.warnings.since(month(warning.firedPeriod, language))}
                          </span>
                        )}
                      </div>
                    </div>
                  </li>
                ))}
              </ul>
              {(meta.counts.open ?? 0) > shown && (
                <p className="muted">{text.warnings.more((meta.counts.open ?? 0) - shown)}</p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}
