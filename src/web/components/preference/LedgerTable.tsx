import { Link } from 'react-router'
import type { Flow } from '../../api.ts'
import type { Ledger } from '../../api-preference.ts'
import { type MoneyUnit, missing, money } from '../../format.ts'
import { useText } from '../../language.tsx'
import { usePartyName } from '../rcep/party-name.ts'
import { rateText, shortRates } from '../rcep/rate-text.ts'
import { ScrollBox } from '../ScrollBox.tsx'

/** Trade that could pay less, the most money first. */
export function LedgerTable(props: { reply: Ledger; flow: Flow; unit: MoneyUnit }) {
  const { text } = useText()
  const nameOf = usePartyName()
  const { reply, flow, unit } = props
  const labels = text.preference.ledger
  return (
    <ScrollBox label={text.tableOf(labels.title)} tall>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              {labels.rank}
            </th>
            <th scope="col">{labels.product}</th>
            <th scope="col">{labels.partner[flow]}</th>
            <th scope="col" className="number">{`${labels.traded} (${unit.label})`}</th>
            <th scope="col" className="number">
              {labels.rcep}
            </th>
            <th scope="col" className="number">
              {labels.against}
            </th>
            <th scope="col" className="number">{`${labels.least} (${unit.label})`}</th>
            <th scope="col" className="number">{`${labels.most} (${unit.label})`}</th>
            <th scope="col">{labels.others}</th>
            <th scope="col">{labels.rule}</th>
          </tr>
        </thead>
        <tbody>
          {reply.data.cells.map((cell, index) => {
            const { hs, name, importer, exporter, value, rcep, mfn, against, saving, rule } = cell
            const query = new URLSearchParams({ hs, from: exporter, to: importer, on: reply.meta.on })
            return (
              <tr key={`${hs} ${importer} ${exporter}`}>
                <td className="number">{index + 1}</td>
                <th scope="row">
                  <Link to={`/rcep?${query}`}>{hs}</Link>
                  {name && <div className="muted matrix-name">{name}</div>}
                </th>
                <td>{nameOf(flow === 'export' ? importer : exporter)}</td>
                <td className="number">{money(value, unit)}</td>
                <td className="number rates">{rcep === null ? missing : shortRates(rcep, text)}</td>
                <td className="number rates">
                  {mfn === null ? missing : shortRates(mfn, text)}
                  {against === 'base-2014' && (
                    <span className="mark caution">{text.preference.matrix.base}</span>
                  )}
                </td>
                <td className="number">{money(saving?.least ?? null, unit)}</td>
                <td className="number">{money(saving?.most ?? null, unit)}</td>
                <td>
                  <OtherAgreements cell={cell} />
                </td>
                <td>{rule ?? missing}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** What other agreements give, and which were not compared. */
function OtherAgreements({ cell: { others, notCompared } }: { cell: Ledger['data']['cells'][number] }) {
  const { text } = useText()
  const labels = text.preference.ledger
  if (others.length + notCompared.length === 0) return missing
  return (
    <>
      {others
        .map(({ agreement, rate, sameAsRcep }) =>
          [agreement, rateText(rate, text), sameAsRcep ? labels.same : ''].filter(Boolean).join(' '),
        )
        .join(text.comma)}
      {notCompared.length > 0 && (
        <div className="muted">{labels.notCompared(notCompared.join(text.comma))}</div>
      )}
    </>
  )
}
