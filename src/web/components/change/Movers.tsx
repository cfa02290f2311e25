import type { Decomposition } from '../../api-change.ts'
import { type Currency, count, type MoneyUnit, signedMoney, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'

type Mover = NonNullable<Decomposition['meta']['movers']>['risers'][number]

/** The products that rose and fell most, and the enterprises that began or stopped. */
export function Movers({ meta, currency }: { meta: Decomposition['meta']; currency: Currency }) {
  const { language, text } = useText()
  const labels = text.change.firms
  const { movers, firms } = meta
  const all = [movers?.risers, movers?.fallers, firms?.firstTime, firms?.silent].flatMap((list) => list ?? [])
  const unit = unitFor(
    all.map(({ change }) => change),
    { currency, language, use: 'table' },
  )
  return (
    <div className="columns">
      <List title={labels.risers} movers={movers?.risers ?? []} unit={unit} />
      <List title={labels.fallers} movers={movers?.fallers ?? []} unit={unit} />
      {firms && (
        <>
          <List title={labels.firstTime(count(firms.firstTimeCount))} movers={firms.firstTime} unit={unit} />
          <List title={labels.silent(count(firms.silentCount))} movers={firms.silent} unit={unit} />
        </>
      )}
    </div>
  )
}

function List({ title, movers, unit }: { title: string; movers: Mover[]; unit: MoneyUnit }) {
  const { language, text } = useText()
  return (
    <div>
      <h3>{title}</h3>
      {movers.length === 0 ? (
        <p className="muted">{text.change.firms.none}</p>
      ) : (
        <table className="plain-table gap-below">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{text.change.who.name}</th>
              <th scope="col">{`${text.change.difference} (${unit.label})`}</th>
            </tr>
          </thead>
          <tbody>
            {movers.slice(0, 5).map((mover) => (
              <tr key={mover.code}>
                <th scope="row">
                  {nameOf({ ...mover, nameZh: mover.name }, language)}{' '}
                  <span className="muted code">{mover.name === null ? '' : mover.code}</span>
                </th>
                <td className="number">{`${signedMoney(mover.change, unit)} ${unit.label}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
