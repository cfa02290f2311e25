import { Button } from 'antd'
import { Link } from 'react-router'
import type { Advice, Origin } from '../../api.ts'
import { amount } from '../../format.ts'
import { useText } from '../../language.tsx'
import { Points } from '../rcep/Points.tsx'
import { usePartyName } from '../rcep/party-name.ts'
import { Steps } from '../rcep/Steps.tsx'
import { BestRate, verdictIcons } from '../rcep/VerdictBox.tsx'
import { Section } from '../Section.tsx'
import { Agreements } from './Agreements.tsx'
import { ClaimChoice } from './ClaimChoice.tsx'
import { type Draft, listedIn, withListed, withSwitched } from './draft.ts'
import { RoutesTable } from './RoutesTable.tsx'
import { Sensitivity } from './Sensitivity.tsx'
import { verdictReason } from './verdict-reason.ts'

interface Shown {
  origin: Origin
  draft: Draft
  /** The money behind the verdict, once it is there. */
  advice?: Advice | undefined
  /** Whether the money is still that of the bill before this one. */
  isStale?: boolean
}

/** The judgement: verdict and reason, what would change it, the tests, the certificate, what is missing, the reasoning. */
export function OriginAnswer(props: Shown & { onTry: (draft: Draft) => void }) {
  const { text } = useText()
  const { draft, advice, isStale } = props
  // With the importing Party's rates the country of origin can be told, and what it hangs on.
  const origin = { ...props.origin, ...(isStale ? null : advice?.origin) }
  const currency = draft.good.currency ?? ''
  const country = advice?.origin?.rcepCountryOfOrigin
  return (
    <article aria-label={text.rcep.answer}>
      <Verdict origin={origin} draft={draft} advice={advice} />
      {origin.missing.length > 0 && <Sentences title={text.rcep.missing} lines={origin.missing} />}
      <Changes {...props} origin={origin} />
      {advice && advice.nextSteps.length > 0 && <Points title={text.rcep.next} points={advice.nextSteps} />}
      {country && country.differential !== false && (
        <ClaimChoice
          country={country}
          advice={advice}
          currency={currency}
          listed={listedIn(draft)}
          onListed={(listed) => props.onTry(withListed(draft, listed))}
        />
      )}
      {advice && <Agreements advice={advice} currency={currency} />}
      <Section title={text.origin.routes.title}>
        <RoutesTable routes={origin.routes} />
      </Section>
      {origin.sensitivity && <Sensitivity found={origin.sensitivity} />}
      <Certificate origin={origin} draft={draft} />
      {origin.evidence.length > 0 && <Sentences title={text.rcep.proof.evidence} lines={origin.evidence} />}
      {advice && advice.consignment.length > 0 && (
        <Points title={text.preference.bill.way} points={advice.consignment} />
      )}
      <Section title={text.rcep.steps.title}>
        <Steps steps={origin.steps} named />
      </Section>
      <Button className="no-print" onClick={() => window.print()}>
        {text.rcep.print}
      </Button>
    </article>
  )
}

function Verdict({ origin, draft, advice }: Shown) {
  const { text } = useText()
  const party = usePartyName()
  const { verdict, rule } = origin
  const { good, importer, on } = draft
  const edition = String(good.edition ?? '2022')
  const labels = text.preference.bill
  const open = verdict === 'pass' ? origin.missing.length : 0
  return (
    <section
      className={`verdict ${verdict} ${open > 0 ? 'conditional' : ''}`}
      aria-label={text.rcep.verdict}
      aria-live="polite"
    >
      <p className="muted">
        {text.rcep.asked(good.hs, edition, party(good.producedIn), party(importer), on)}
        {rule && ` · ${rule}`}
      </p>
      <h2>
        {verdictIcons[verdict]} {text.rcep.verdicts[verdict]}
        {open > 0 && <small> {labels.conditions(open)}</small>}
      </h2>
      <p>{verdictReason(origin, text)}</p>
      <dl className="verdict-figures">
        {advice && (
          <BestRate advice={advice} currency={good.currency ?? ''} unpriced={labels.savingNeedsPieces} />
        )}
        <div>
          <dt>{text.origin.withCumulation}</dt>
          <dd>{text.rcep.verdicts[verdict]}</dd>
        </div>
        <div>
          <dt>{text.origin.withoutCumulation}</dt>
          <dd>{text.rcep.verdicts[origin.withoutCumulation.verdict]}</dd>
        </div>
      </dl>
      <Partners origin={origin} producedIn={good.producedIn} />
    </section>
  )
}

/** The materials that make the difference between with and without cumulation. */
function Partners({ origin, producedIn }: { origin: Origin; producedIn: string }) {
  const { text } = useText()
  const party = usePartyName()
  const counted = origin.materials.filter((one) => one.party !== null && one.party !== producedIn)
  const labels = text.preference.bill
  if (counted.length === 0) return <p className="muted">{labels.noPartners}</p>
  const parties = [...new Set(counted.map((one) => party(one.party ?? '')))].join(text.comma)
  return <p className="muted">{labels.partners(counted.map(({ id }) => id).join(text.comma), parties)}</p>
}

function Changes({ origin, draft, advice, onTry }: Shown & { onTry: (draft: Draft) => void }) {
  const { text } = useText()
  if (origin.minimumChange.length === 0) return null
  return (
    <Section title={text.origin.change}>
      <ul className="changes">
        {origin.minimumChange.map((change) => {
          const changed = changedBy(change, draft)
          return (
            <li key={change.text}>
              <span>
                {change.text}
                <Premium change={change} advice={advice} />
              </span>
              {changed && (
                <Button
                  size="small"
                  className="no-print"
                  aria-label={text.origin.tryItOf(change.text)}
                  onClick={() => onTry(changed)}
                >
                  {text.origin.tryIt}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** What the change is worth: the duty it saves, and how much dearer the materials may be before that is used up. */
function Premium({ change, advice }: { change: Change; advice: Advice | undefined }) {
  const { text } = useText()
  const worth = advice?.breakEven.find(
    ({ rule, materials }) => rule === change.rule && materials.join() === change.materials?.join(),
  )
  if (!worth || change.kind === 'reclass') return null
  const { premium, dutySaved, currency } = worth
  return <div className="muted">{text.preference.bill.premium(premium, amount(dutySaved), currency)}</div>
}

/** The bill with a proposed change made; null where only the firm could say what would become of it. */
type Change = Origin['minimumChange'][number]

function changedBy(change: Change, draft: Draft): Draft | null {
  if (change.kind === 'raise-fob' && change.fob !== undefined)
    return { ...draft, good: { ...draft.good, fob: change.fob } }
  if ((change.kind === 'switch' || change.kind === 'switch-materials') && change.materials?.length)
    return withSwitched(draft, change.materials)
  return null
}

function Certificate({ origin, draft }: Shown) {
  const { text } = useText()
  const party = usePartyName()
  const labels = text.origin.certificate
  if (origin.certificate === null) return null
  const { box10, box11, box12Fob } = origin.certificate
  const fob = `${draft.good.fob} ${draft.good.currency ?? ''}`
  return (
    <Section title={labels.title}>
      <dl className="facts">
        <dt>{labels.box10}</dt>
        <dd>{box10.join(', ')}</dd>
        <dt>{labels.box11}</dt>
        <dd>{box11?.party ? `${party(box11.party)}${box11.mark ?? ''}` : labels.undetermined}</dd>
        <dt>{labels.box12}</dt>
        <dd>{box12Fob ? labels.fobNeeded(fob) : labels.fobNotNeeded}</dd>
      </dl>
      <Link className="no-print" to="/origin/certificate">
        {text.preference.bill.certificate}
      </Link>
    </Section>
  )
}

function Sentences({ title, lines }: { title: string; lines: string[] }) {
  return (
    <Section title={title}>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  )
}
