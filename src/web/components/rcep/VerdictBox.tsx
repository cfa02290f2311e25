import { CheckCircleOutlined, CloseCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import type { Advice, AdviceQuestion } from '../../api.ts'
import { amount } from '../../format.ts'
import { useText } from '../../language.tsx'
import { usePartyName } from './party-name.ts'
import { agreementText, rateText } from './rate-text.ts'

/** A verdict's sign; its word always stands beside it. */
export const verdictIcons = {
  pass: <CheckCircleOutlined aria-hidden />,
  fail: <CloseCircleOutlined aria-hidden />,
  'needs-info': <QuestionCircleOutlined aria-hidden />,
}

/** Verdict, the reason in one sentence, the rate to claim now and the money it saves. */
export function VerdictBox({ advice, question }: { advice: Advice; question: AdviceQuestion }) {
  const { text } = useText()
  const party = usePartyName()
  const { verdict, product } = advice
  return (
    <section className={`verdict ${verdict}`} aria-label={text.rcep.verdict}>
      <p className="muted">
        {text.rcep.asked(product.hs, product.edition, party(advice.from), party(advice.to), advice.on)}
      </p>
      <h2>
        {verdictIcons[verdict]} {text.rcep.verdicts[verdict]}
      </h2>
      <p>
        {reasonOf(advice) ?? text.rcep.reasons[verdict]}
        {text.stop}
        {advice.saving.reason}
      </p>
      <dl className="verdict-figures">
        <BestRate advice={advice} currency={question.currency} unpriced={text.rcep.savingUnknown} />
      </dl>
    </section>
  )
}

/** The rate to claim now and what it saves on the shipment; `unpriced` says what is needed to tell. */
export function BestRate(props: { advice: Advice; currency: string; unpriced: string }) {
  const { text } = useText()
  const { advice, currency, unpriced } = props
  const { best, verdict } = advice
  const condition = verdict === 'pass' ? text.preference.bill.onceSettled : text.rcep.ifOriginating
  return (
    <>
      <div>
        <dt>{text.rcep.bestNow}</dt>
        <dd>
          {best ? `${agreementText(best.agreement, text)} ${rateText(best.rate, text)}` : text.rcep.undecided}
          {best?.conditional && <small>{condition}</small>}
        </dd>
      </div>
      <div>
        <dt>{text.rcep.saving}</dt>
        <dd>
          {best?.saving ? `${amount(best.saving)} ${currency}` : <small>{unpriced}</small>}
          {best?.agreement === 'MFN' && <small>{text.rcep.noProof}</small>}
        </dd>
      </div>
    </>
  )
}

/** What decided against, or what is asked for first; null when the general sentence says it. */
function reasonOf({ verdict, steps, missing }: Advice): string | null {
  if (verdict === 'fail') return steps.findLast((step) => step.passed === false)?.detail ?? null
  if (verdict === 'needs-info') return missing[0]?.text ?? null
  return null
}
