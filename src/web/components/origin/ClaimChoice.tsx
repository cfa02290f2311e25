import { Radio } from 'antd'
import { useState } from 'react'
import type { Advice, Origin } from '../../api.ts'
import { amount, missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { usePartyName } from '../rcep/party-name.ts'
import { rateText } from '../rcep/rate-text.ts'
import { Section } from '../Section.tsx'

type Country = NonNullable<Origin['rcepCountryOfOrigin']>
type Option = Country['claimOptions'][number]

const marks: Record<Option['basis'], string> = { RCO: '', '2.6.6(a)': ' *', '2.6.6(b)': ' **' }

/** The rates an importer may claim, to be tried: what each costs, what it takes, and what box 11 then says. */
export function ClaimChoice({
  country,
  advice,
  currency,
  listed,
  onListed,
}: {
  country: Country
  advice: Advice
  currency: string
  /** Whether the good is in the importing Party's Appendix; null where nobody said. */
  listed: boolean | null
  onListed: (listed: boolean | null) => void
}) {
  const { text } = useText()
  const party = usePartyName()
  const [chosen, choose] = useState<Option['basis'] | null>(null)
  const labels = text.preference.bill.claim
  const options = country.claimOptions
  const option = options.find(({ basis }) => basis === chosen) ?? options[0]
  if (!option) return null
  const ofOrigin = options.find(({ basis }) => basis === 'RCO')
  const isBelow = isLess(option.duty, ofOrigin?.duty ?? null)
  const declared = advice.certificate.declaration?.highestRateOptions.find(
    ({ mark }) => mark === marks[option.basis].trim(),
  )
  return (
    <Section title={labels.title}>
      <Radio.Group
        className="claim-options"
        aria-label={labels.title}
        value={option.basis}
        onChange={({ target }) => choose(target.value)}
      >
        {options.map(({ basis, party: of, rate }) => (
          <Radio key={basis} value={basis}>
            {`${labels.basis[basis]}${text.colon}${
              rate === null ? labels.unknownRate : labels.party(party(of), rateText(rate, text))
            }`}
          </Radio>
        ))}
      </Radio.Group>
      <dl className="facts">
        <dt>{labels.duty}</dt>
        <dd>{option.duty === null ? missing : `${amount(option.duty)} ${currency}`}</dd>
        <dt>{labels.box11}</dt>
        <dd>{`${party(option.party)}${marks[option.basis]}`}</dd>
        {advice.certificate.declaration && (
          <>
            <dt>{labels.declare}</dt>
            <dd>{declared ? `${declared.code} ${declared.text}` : party(option.party)}</dd>
          </>
        )}
      </dl>
      <p className="muted">
        {labels.proof[option.basis]}
        {text.stop}
        {!option.complete && labels.incomplete + text.stop}
      </p>
      {isBelow && <p className="bad">{labels.below}</p>}
      <h3 className="claim-listed">{labels.listed}</h3>
      <Radio.Group
        aria-label={labels.listed}
        value={listed}
        onChange={({ target }) => onListed(target.value)}
        options={[
          { value: null, label: labels.listedStates.unknown },
          { value: false, label: labels.listedStates.no },
          { value: true, label: labels.listedStates.yes },
        ]}
      />
    </Section>
  )
}

/** Exact amounts, compared for a remark only. */
function isLess(duty: string | null, other: string | null): boolean {
  return duty !== null && other !== null && Number(duty) < Number(other)
}
