import { Button } from 'antd'
import type { Advice, AdviceQuestion } from '../../api.ts'
import { useText } from '../../language.tsx'
import { Agreements } from '../origin/Agreements.tsx'
import { Section } from '../Section.tsx'
import { CertificateSheet } from './CertificateSheet.tsx'
import { Points } from './Points.tsx'
import { RatePath } from './RatePath.tsx'
import { RatesTable } from './RatesTable.tsx'
import { RuleAndProof } from './RuleAndProof.tsx'
import { Steps } from './Steps.tsx'
import { VerdictBox } from './VerdictBox.tsx'

/** The whole answer, in the order of a good clinic: verdict, reason, money, what to do, then everything behind it. */
export function AdviceAnswer({ advice, question }: { advice: Advice; question: AdviceQuestion }) {
  const { text } = useText()
  const { certificate } = advice
  return (
    <article aria-label={text.rcep.answer}>
      <VerdictBox advice={advice} question={question} />
      <div className="columns">
        {advice.missing.length > 0 && (
          <Section title={text.rcep.missing}>
            <ul className="lines">
              {advice.missing.map((missing) => (
                <li key={missing.text}>{missing.text}</li>
              ))}
            </ul>
          </Section>
        )}
        <Points title={text.rcep.next} points={advice.nextSteps} />
      </div>
      <Section title={text.rcep.rates.title}>
        <RatesTable advice={advice} currency={question.currency} />
      </Section>
      <Agreements advice={advice} currency={question.currency} />
      <Section title={text.rcep.path.title}>
        <RatePath advice={advice} />
      </Section>
      <div className="columns">
        <RuleAndProof advice={advice} />
        <Section title={text.rcep.steps.title}>
          <Steps steps={advice.steps} />
        </Section>
      </div>
      {certificate.needed !== false && (
        <>
          <Points title={text.rcep.consignment} points={advice.consignment} />
          <CertificateSheet boxes={certificate.boxes} />
        </>
      )}
      <Section title={text.preference.bill.confidence.title}>
        <p>{text.preference.bill.confidence.levels[advice.confidence.level]}</p>
        <ul className="lines">
          {advice.confidence.reasons.map((reason) => (
            <li key={reason.text}>{reason.text}</li>
          ))}
        </ul>
      </Section>
      <footer className="advice-foot">
        <p className="muted">
          {advice.notLegalAdvice} {text.rcep.trace(advice.trace)}
        </p>
        <Button className="no-print" onClick={() => window.print()}>
          {text.rcep.print}
        </Button>
      </footer>
    </article>
  )
}
