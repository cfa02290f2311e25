import { Checkbox } from 'antd'
import { useSearchParams } from 'react-router'
import type { Flow } from '../api.ts'
import { type Opportunities, useOpportunities } from '../api-preference.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FlowAndCurrency } from '../components/FlowAndCurrency.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { FirmSelect } from '../components/preference/FirmSelect.tsx'
import { MatrixTable } from '../components/preference/MatrixTable.tsx'
import { Notes } from '../components/preference/Notes.tsx'
import { Section } from '../components/Section.tsx'
import { type Currency, moneyText, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'
import { useChoice } from '../use-choice.ts'
import '../styles/preference.css'

/** Where could this firm pay less? Its products beside every Party, with the money; an officer chooses the firm. */
export function Matrix() {
  const { language, text } = useText()
  const { data: principal } = useSession()
  const [params, setParams] = useSearchParams()
  const [flow, setFlow] = useChoice('flow', ['export', 'import'])
  const [currency, setCurrency] = useChoice('currency', ['USD', 'CNY'])
  const isFirm = principal?.role === 'enterprise'
  const firm = params.get('firm') ?? ''
  const asked = { flow, currency, ...(isFirm || firm === '' ? {} : { enterprise: firm }) }
  const query = useOpportunities(asked, language, isFirm || firm !== '')
  const labels = text.preference
  const chooseFirm = (chosen: string) => {
    const after = new URLSearchParams(params)
    after.set('firm', chosen)
    setParams(after)
  }
  const title = <PageHead title={labels.matrix.title} />
  return (
    <>
      {query.data ? <Answer reply={query.data} currency={currency} /> : title}
      <div className="tools no-print gap-below">
        {!isFirm && <FirmSelect value={firm} onChange={chooseFirm} />}
        <FlowAndCurrency
          flow={flow}
          onFlow={setFlow}
          currency={currency}
          onCurrency={setCurrency}
          flows={labels.flows}
        />
      </div>
      {!isFirm && firm === '' ? (
        <EmptyState title={labels.matrix.chooseFirst} next={labels.matrix.chooseNext} />
      ) : (
        <Loaded query={query} rows={12}>
          {(reply) => <Table reply={reply} flow={flow} currency={currency} />}
        </Loaded>
      )}
    </>
  )
}

function Answer({ reply: { data }, currency }: { reply: Opportunities; currency: Currency }) {
  const { language, text } = useText()
  const unit = unitFor([data.most], { currency, language, use: 'figure' })
  const { name, products } = data
  const [certain, most] = [moneyText(data.certain.most, unit), moneyText(data.most, unit)]
  const facts = { name, products: products.length, certain, most }
  return <PageHead title={text.preference.matrix.title} answer={text.preference.matrix.answer(facts)} />
}

function Table({ reply, flow, currency }: { reply: Opportunities; flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const [only, choose] = useChoice('only', ['all', 'saving'])
  const { data, meta } = reply
  const labels = text.preference.matrix
  if (data.products.length === 0) return <EmptyState title={labels.noTrade} next={labels.noTradeNext} />
  const saving = new Set(
    data.cells.flatMap(({ hs, saving: money }) => (money && money.most !== '0' ? [hs] : [])),
  )
  const products = only === 'saving' ? data.products.filter(({ hs }) => saving.has(hs)) : data.products
  const amounts = [
    ...data.products.map(({ value }) => value),
    ...data.cells.map((cell) => cell.saving?.most ?? null),
  ]
  const unit = unitFor(amounts, { currency, language, use: 'table' })
  return (
    <>
      <Section
        title={text.preference.table.title}
        extra={
          <Checkbox
            className="no-print"
            checked={only === 'saving'}
            onChange={({ target }) => choose(target.checked ? 'saving' : 'all')}
          >
            {labels.onlySaving}
          </Checkbox>
        }
      >
        {products.length === 0 ? (
          <EmptyState title={labels.noSaving} next={labels.noSavingNext} />
        ) : (
          <>
            <p className="muted">{labels.legend}</p>
            <MatrixTable products={products} cells={data.cells} flow={flow} on={meta.on} unit={unit} />
          </>
        )}
      </Section>
      <Notes meta={meta} />
    </>
  )
}
