import type { Origin } from '../../api.ts'
import { missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'

type Route = Origin['routes'][number]

/** Every test that was tried: met or not, by how much, and the materials that stand in the way. */
export function RoutesTable({ routes }: { routes: Route[] }) {
  const { text } = useText()
  const labels = text.origin.routes
  return (
    <ScrollingTable label={labels.title}>
      <thead>
        <tr>
          <th scope="col">{labels.route}</th>
          <th scope="col">{labels.result}</th>
          <th scope="col">{labels.measured}</th>
          <th scope="col" className="number">
            {labels.threshold}
          </th>
          <th scope="col" className="number">
            {labels.margin}
          </th>
          <th scope="col">{labels.blocking}</th>
        </tr>
      </thead>
      <tbody>
        {routes.map((route) => (
          <RouteRow key={`${route.rule} ${route.condition} ${route.expanded.join()}`} route={route} />
        ))}
      </tbody>
    </ScrollingTable>
  )
}

function RouteRow({ route }: { route: Route }) {
  const { text } = useText()
  const labels = text.origin.routes
  const holds = route.passed && !route.void
  const result = holds ? labels.met : route.passed ? labels.void : labels.notMet
  const { buildDown, buildUp, deMinimis, threshold, margin } = route
  const measured = [
    deMinimis && labels.tolerance(deMinimis.share, deMinimis.limit),
    buildDown && labels.buildDown(buildDown),
    buildUp && labels.buildUp(buildUp),
  ].filter(Boolean)
  return (
    <tr className={holds ? 'best' : ''}>
      <th scope="row">
        {route.rule}
        {route.condition && <div className="muted">{route.condition}</div>}
        {route.indicative && <span className="mark caution">{labels.indicative}</span>}
      </th>
      <td className={holds ? 'good' : 'bad nowrap'}>{result}</td>
      <td>{measured.length > 0 ? measured.join(' · ') : missing}</td>
      <td className="number">{threshold === undefined ? missing : `${threshold}%`}</td>
      <td className="number">{margin === undefined ? missing : signed(margin)}</td>
      <td>{route.blocking?.length ? route.blocking.join(text.comma) : missing}</td>
    </tr>
  )
}

/** Exact as the service cut it; only the sign is typeset. */
function signed(margin: string): string {
  return margin.startsWith('-') ? `−${margin.slice(1)}` : `+${margin}`
}
