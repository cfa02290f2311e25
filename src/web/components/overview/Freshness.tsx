import { type Flow, useDatasets } from '../../api.ts'
import { dayAndTime, month } from '../../format.ts'
import { useText } from '../../language.tsx'
import { useRevisedMonths } from '../../vintage.ts'
import { Loaded } from '../Loaded.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'

/** How far the city's data reach, when they were loaded and which months were revised since. */
export function Freshness() {
  const { language, text } = useText()
  const labels = text.overviewParts
  return (
    <Section title={labels.freshness}>
      <Loaded query={useDatasets()}>
        {({ data }) => (
          <ScrollingTable label={labels.freshness}>
            <thead>
              <tr>
                <th scope="col">{labels.flow}</th>
                <th scope="col">{labels.span}</th>
                <th scope="col">{labels.loadedAt}</th>
                <th scope="col">{labels.revised}</th>
              </tr>
            </thead>
            <tbody>
              {data
                .filter(({ dataset, yearly }) => dataset === 'customs-cn' && !yearly)
                .map(({ flow, first, last, vintage }) => (
                  <tr key={flow}>
                    <th scope="row">{(text.flows as Record<string, string>)[flow] ?? flow}</th>
                    <td>{`${month(first, language)} – ${month(last, language)}`}</td>
                    <td className="nowrap">{dayAndTime(vintage)}</td>
                    <td>
                      <Revised flow={flow as Flow} />
                    </td>
                  </tr>
                ))}
            </tbody>
          </ScrollingTable>
        )}
      </Loaded>
    </Section>
  )
}

function Revised({ flow }: { flow: Flow }) {
  const { language, text } = useText()
  const months = useRevisedMonths(flow)
  return months.length === 0
    ? text.overviewParts.noRevised
    : months.map((each) => month(each, language)).join(text.comma)
}
