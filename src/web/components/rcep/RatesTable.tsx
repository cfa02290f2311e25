import { Link, useLocation } from 'react-router'
import type { Advice } from '../../api.ts'
import { amount, missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { agreementText, rateText } from './rate-text.ts'

/** The rates that compete on the day, the best one marked; base rates, which nobody pays, are told apart. */
export function RatesTable({ advice, currency }: { advice: Advice; currency: string }) {
  const { text } = useText()
  const { rates, base, best } = advice
  const columns = text.rcep.rates
  const isOneLine = new Set(rates.flatMap((rate) => rate.lines)).size === 1
  if (rates.length + base.length === 0) return <p>{columns.none}</p>
  return (
    <ScrollingTable label={columns.title}>
      <thead>
        <tr>
          <th scope="col">{columns.agreement}</th>
          <th scope="col" className="number">
            {columns.rate}
          </th>
          <th scope="col" className="number">{`${columns.duty} (${currency})`}</th>
          <th scope="col">{columns.lines}</th>
          <th scope="col">{columns.valid}</th>
          <th scope="col">{columns.conditions}</th>
          <th scope="col">{columns.source}</th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr
            key={`${rate.agreement} ${rate.rate}`}
            className={rate.agreement === best?.agreement ? 'best' : ''}
          >
            <th scope="row">
              {agreementText(rate.agreement, text)}
              {rate.group && <span className="muted"> {columns.group(rate.group)}</span>}
              {rate.agreement === best?.agreement && <span className="mark">{columns.best}</span>}
            </th>
            <td className="number">{rateText(rate.rate, text)}</td>
            <td className="number">{rate.duty === null ? missing : amount(rate.duty)}</td>
            <td>
              <LineLinks lines={rate.lines} isOnly={isOneLine} />
            </td>
            <td className="nowrap">{`${rate.validFrom} – ${rate.validTo ?? columns.noEnd}`}</td>
            <td>
              <ul className="lines">
                {rate.conditions.map((condition) => (
                  <li key={condition}>{condition}</li>
                ))}
              </ul>
            </td>
            <td className="source">{rate.source}</td>
          </tr>
        ))}
        {base.map((rate) => (
          <tr key={`base ${rate.rate}`} className="muted">
            <th scope="row">{columns.base}</th>
            <td className="number">{rateText(rate.rate, text)}</td>
            <td className="number">{rate.duty === null ? missing : amount(rate.duty)}</td>
            <td>{rate.lines.join(' ')}</td>
            <td className="nowrap">{rate.on}</td>
            <td>{columns.baseNote}</td>
            <td className="source">{rate.source}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}

/** Where the rate depends on the line, each line leads to the same question about itself alone. */
function LineLinks({ lines, isOnly }: { lines: string[]; isOnly: boolean }) {
  const { text } = useText()
  const { search } = useLocation()
  if (isOnly) return lines.join(' ')
  return (
    <ul className="lines-of">
      {lines.map((line) => {
        const asked = new URLSearchParams(search)
        asked.set('hs', line)
        return (
          <li key={line}>
            <Link to={`?${asked}`} title={text.rcep.rates.pickLine}>
              {line}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
