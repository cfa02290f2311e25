import type { Advice } from '../../api.ts'
import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'

/** The rule the goods must meet, with its source, and the proofs of origin that can be had. */
export function RuleAndProof({ advice }: { advice: Advice }) {
  const { text } = useText()
  const labels = text.rcep.proof
  const { rule, certificate } = advice
  const { needed, proofs, evidence } = certificate
  return (
    <Section title={labels.title}>
      <dl className="facts gap-below">
        <dt>{labels.rule}</dt>
        <dd>{rule ? rule.text : labels.noRule}</dd>
        {rule && (
          <>
            <dt>{labels.level}</dt>
            <dd>{labels.levels(rule.level)}</dd>
            <dt>{labels.source}</dt>
            <dd>
              {rule.source} <span className="mark caution">{labels.confirm}</span>
            </dd>
          </>
        )}
        <dt>{labels.needed}</dt>
        <dd>{needed === null ? labels.unknown : needed ? labels.yes : labels.no}</dd>
      </dl>
      {needed !== false && (
        <>
          <h3>{labels.kinds}</h3>
          <ul className="lines">
            {proofs.map((proof) => (
              <li key={proof.kind} className={proof.possible === false ? 'muted' : ''}>
                {proof.text} <cite>{proof.cite}</cite>
                {proof.possible === false && (
                  <span> {proof.dueBy ? labels.notBefore(proof.dueBy) : labels.notPossible}</span>
                )}
              </li>
            ))}
          </ul>
          <h3>{labels.evidence}</h3>
          <ul className="lines">
            {evidence.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
