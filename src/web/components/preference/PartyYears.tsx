import { Link } from 'react-router'
import type { Flow } from '../../api.ts'
import type { RateRow } from '../../api-preference.ts'
import { missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import type { Text } from '../../text/zh.ts'
import { usePartyName } from '../rcep/party-name.ts'
import { agreementText, rateText, shortRates } from '../rcep/rate-text.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'

/** Parties down, years across: the RCEP rate of each, the best of today marked, and the year it changes. */
export function PartyYears({ rows, hs, flow, on }: { rows: RateRow[]; hs: string; flow: Flow; on: string }) {
  const { text } = useText()
  const labels = text.preference.table
  const years = [...new Set(rows.flatMap((row) => row.years.map(({ from }) => from.slice(0, 4))))].sort()
  return (
    <>
      <p className="muted">{labels.legend}</p>
      <ScrollingTable label={labels.title}>
        <caption className="visually-hidden">{labels.of(hs)}</caption>
        <thead>
          <tr>
            <th scope="col">{labels.partner[flow]}</th>
            <th scope="col">{labels.best}</th>
            <th scope="col">{labels.change}</th>
            {years.map((year) => (
              <th key={year} scope="col" className="number">
                {year}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PartyRow key={row.partner} row={row} years={years} hs={hs} on={on} />
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

function PartyRow({ row, years, hs, on }: { row: RateRow; years: string[]; hs: string; on: string }) {
  const { text } = useText()
  const nameOf = usePartyName()
  const labels = text.preference.table
  const { partner, importer, exporter, best } = row
  const name = nameOf(partner)
  const address = `/rcep?${new URLSearchParams({ hs, from: exporter, to: importer, on })}`
  return (
    <tr>
      <th scope="row">
        <Link to={address} aria-label={labels.pair(name)}>
          {name}
        </Link>
        {row.years.some(({ from }) => from.endsWith('-04-01')) && (
          <div className="muted">{labels.aprilYear}</div>
        )}
      </th>
      {row.years.length === 0 ? (
        <td colSpan={years.length + 2}>
          <Unknown row={row} />
        </td>
      ) : (
        <>
          <td className="nowrap">
            {best ? (
              <strong>{`${agreementText(best.agreement, text)} ${rateText(best.rate, text)}`}</strong>
            ) : (
              labels.undecided
            )}
            {row.missing.length > 0 && <Missing lines={row.missing} />}
          </td>
          <td className="nowrap">{changeText(row, years.length, text)}</td>
          {years.map((year, index) => (
            <YearCell key={year} row={row} year={year} before={years[index - 1]} />
          ))}
        </>
      )}
    </tr>
  )
}

function changeText({ change, years }: RateRow, shown: number, text: Text): string {
  const labels = text.preference.table
  if (change) return labels.changesTo(change.from, shortRates(change.rate, text))
  return years.length < shown ? labels.laterUnknown : labels.noChange
}

function YearCell({ row, year, before }: { row: RateRow; year: string; before: string | undefined }) {
  const { text } = useText()
  const found = row.years.find(({ from }) => from.startsWith(year))
  const earlier = row.years.find(({ from }) => before !== undefined && from.startsWith(before))
  if (!found?.rates.RCEP) return <td className="number">{missing}</td>
  const changes = earlier !== undefined && earlier.rates.RCEP !== found.rates.RCEP
  const isIdle = found.best === 'MFN'
  const words = shortRates(found.rates.RCEP, text)
  return (
    <td className={`number ${isIdle ? 'muted' : found.best === 'RCEP' ? 'rate-best' : ''}`}>
      {changes && '▼ '}
      {words}
      {isIdle && found.rates.MFN && (
        <span className="visually-hidden">{` ${text.preference.table.mfnBetter(rateText(found.rates.MFN, text))}`}</span>
      )}
    </td>
  )
}

/** Why a Party has no rates here, and what would give them. */
function Unknown({ row: { inForce, missing: lines } }: { row: RateRow }) {
  const { text } = useText()
  const labels = text.preference.table
  const state = inForce === null ? labels.inForceUnknown : inForce ? labels.notLoaded : labels.notInForce
  return (
    <details>
      <summary>{state}</summary>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}

function Missing({ lines }: { lines: string[] }) {
  const { text } = useText()
  return (
    <details className="muted missing">
      <summary>{text.rcep.missing}</summary>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}
