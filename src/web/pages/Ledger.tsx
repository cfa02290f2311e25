import type { Flow } from '../api.ts'
import { type Ledger as LedgerAnswer, ledgerAddress, useLedger } from '../api-preference.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FlowAndCurrency } from '../components/FlowAndCurrency.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { LedgerTable } from '../components/preference/LedgerTable.tsx'
import { Notes } from '../components/preference/Notes.tsx'
import { Section } from '../components/Section.tsx'
import { type Currency, count, moneyText, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useChoice } from '../use-choice.ts'
import '../styles/preference.css'

/** Which trade of the city could pay less, and how much is at stake? Ranked, to be exported. */
export function Ledger() {
  const { language, text } = useText()
  const [flow, setFlow] = useChoice('flow', ['export', 'import'])
  const [currency, setCurrency] = useChoice('currency', ['USD', 'CNY'])
  const query = useLedger({ flow, currency }, language)
  const labels = text.preference
  const file = ledgerAddress({ flow, currency, top: 5000 })
  return (
    <>
      {query.data ? (
        <Answer reply={query.data} currency={currency} />
      ) : (
        <PageHead title={labels.ledger.title} />
      )}
      <div className="tools with-links no-print gap-below">
        <FlowAndCurrency
          flow={flow}
          onFlow={setFlow}
          currency={currency}
          onCurrency={setCurrency}
          flows={labels.flows}
        />
        <a href={`${file}&format=xlsx`} download>
          {`${labels.download} Excel`}
        </a>
        <a href={`${file}&format=csv`} download>
          {`${labels.download} CSV`}
        </a>
      </div>
      <Loaded query={query} rows={12}>
        {(reply) => <Ranking reply={reply} flow={flow} currency={currency} />}
      </Loaded>
    </>
  )
}

function Answer({ reply: { data, meta }, currency }: { reply: LedgerAnswer; currency: Currency }) {
  const { language, text } = useText()
  const unit = unitFor([data.most], { currency, language, use: 'figure' })
  const [certain, most] = [moneyText(data.certain.most, unit), moneyText(data.most, unit)]
  const facts = { total: count(meta.total), certain, most, months: meta.months }
  return <PageHead title={text.preference.ledger.title} answer={text.preference.ledger.answer(facts)} />
}

function Ranking({ reply, flow, currency }: { reply: LedgerAnswer; flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const labels = text.preference.ledger
  const { cells } = reply.data
  if (cells.length === 0)
    return (
      <>
        <EmptyState title={labels.none} next={labels.noneNext} />
        <Notes meta={reply.meta} />
      </>
    )
  const amounts = cells.flatMap(({ value, saving }) => [value, saving?.most ?? null])
  const unit = unitFor(amounts, { currency, language, use: 'table' })
  return (
    <>
      <Section title={labels.shown(count(cells.length), count(reply.meta.total))}>
        <LedgerTable reply={reply} flow={flow} unit={unit} />
      </Section>
      <Notes meta={reply.meta} />
    </>
  )
}
