import { useExposed, type Warning } from '../api.ts'
import { difference, money, month, signedMoney, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { Loaded } from './Loaded.tsx'
import { ScrollingTable } from './ScrollingTable.tsx'

/** Who is hit: the enterprises behind a warning, by how much their amount moved. */
export function ExposedEnterprises({ warning }: { warning: Warning }) {
  const { language, text } = useText()
  const exposed = useExposed(warning.id)
  return (
    <Loaded query={exposed} rows={3}>
      {({ data, meta }) => {
        if (data.length === 0) return <p className="muted">{text.warnings.noExposed}</p>
        const amounts = data.flatMap((enterprise) => [enterprise.value, enterprise.base])
        const unit = unitFor(amounts, { currency: warning.currency, language, use: 'figure' })
        return (
          <ScrollingTable label={text.warnings.exposed}>
            <thead>
              <tr>
                <th scope="col">{text.warnings.exposed}</th>
                <th scope="col" className="number">{`${month(meta.period, language)} (${unit.label})`}</th>
                <th scope="col" className="number">
                  {text.warnings.yearBefore}
                </th>
                <th scope="col" className="number">
                  {text.warnings.difference}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((enterprise) => (
                <tr key={enterprise.id}>
                  <th scope="row">
                    {enterprise.name} <span className="muted code">{enterprise.id}</span>
                  </th>
                  <td className="number">{money(enterprise.value, unit)}</td>
                  <td className="number">{money(enterprise.base, unit)}</td>
                  <td className="number">
                    {signedMoney(difference(enterprise.value, enterprise.base), unit)}
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollingTable>
        )
      }}
    </Loaded>
  )
}
