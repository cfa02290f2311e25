import Big from 'big.js'
import { Link } from 'react-router'
import type { Flow } from '../../api.ts'
import type { Cell, Opportunities } from '../../api-preference.ts'
import { type MoneyUnit, money } from '../../format.ts'
import { useText } from '../../language.tsx'
import { usePartyName } from '../rcep/party-name.ts'
import { rateText, shortRates } from '../rcep/rate-text.ts'
import { ScrollBox } from '../ScrollBox.tsx'

type Product = Opportunities['data']['products'][number]

/** Products down, Parties across: the rates that compete and what the preference saves at the firm's own trade. */
export function MatrixTable(props: {
  products: Product[]
  cells: Cell[]
  flow: Flow
  on: string
  unit: MoneyUnit
}) {
  const { text } = useText()
  const nameOf = usePartyName()
  const { products, cells, flow, on, unit } = props
  const labels = text.preference.matrix
  const partners = partnersOf(cells, flow)
  const byKey = new Map(cells.map((cell) => [`${cell.hs} ${partnerOf(cell, flow)}`, cell]))
  return (
    <ScrollBox label={text.tableOf(labels.title)} tall>
      <table className="plain-table matrix">
        <thead>
          <tr>
            <th scope="col">{labels.product}</th>
            <th scope="col" className="number">{`${labels.traded} (${unit.label})`}</th>
            {partners.map((partner) => (
              <th key={partner} scope="col">
                {nameOf(partner)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <tr key={product.hs}>
              <th scope="row">
                <Link to={`/rcep?${new URLSearchParams({ view: 'table', hs: product.hs, flow, on })}`}>
                  {product.hs}
                </Link>
                {product.name && <div className="muted matrix-name">{product.name}</div>}
              </th>
              <td className="number">{money(product.value, unit)}</td>
              {partners.map((partner) => (
                <MatrixCell key={partner} cell={byKey.get(`${product.hs} ${partner}`)} on={on} unit={unit} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function MatrixCell({ cell, on, unit }: { cell: Cell | undefined; on: string; unit: MoneyUnit }) {
  const { text } = useText()
  const labels = text.preference.matrix
  if (!cell) return <td />
  const { hs, importer, exporter, rcep, mfn, against, state, saving, others, notCompared } = cell
  const most = saving && new Big(saving.most).gt(0) ? money(saving.most, unit) : null
  const lower = others.find(({ belowRcep }) => belowRcep)
  const address = `/rcep?${new URLSearchParams({ hs, from: exporter, to: importer, on })}`
  return (
    <td className={most ? 'rate-best' : 'muted'}>
      {rcep === null ? (
        (labels.states[state] ?? state)
      ) : (
        <Link to={address}>
          {shortRates(rcep, text)}
          {mfn !== null && ` ↔ ${shortRates(mfn, text)}`}
        </Link>
      )}
      {rcep !== null && most === null && <div>{labels.states[state] ?? state}</div>}
      {most && <div className="nowrap">{state === 'saving' ? labels.saves(most) : labels.atMost(most)}</div>}
      {mfn !== null && against === 'base-2014' && <span className="mark caution">{labels.base}</span>}
      {most && notCompared.length > 0 && (
        <div className="muted">{labels.notCompared(notCompared.join(text.comma))}</div>
      )}
      {lower && <div>{labels.other(lower.agreement, rateText(lower.rate, text))}</div>}
    </td>
  )
}

function partnerOf(cell: Cell, flow: Flow): string {
  return flow === 'export' ? cell.importer : cell.exporter
}

/** Parties with most to save first, then by code. */
function partnersOf(cells: Cell[], flow: Flow): string[] {
  const saved = new Map<string, Big>()
  for (const cell of cells) {
    const partner = partnerOf(cell, flow)
    saved.set(partner, (saved.get(partner) ?? new Big(0)).plus(cell.saving?.most ?? '0'))
  }
  return [...saved]
    .toSorted(([one, first], [other, second]) => second.cmp(first) || one.localeCompare(other))
    .map(([partner]) => partner)
}
