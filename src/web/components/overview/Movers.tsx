import { Link } from 'react-router'
import { type Flow, type StructureRow, structureAddress, useStructure } from '../../api.ts'
import { type Currency, growth, type MoneyUnit, points, signedMoney, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import type { Span } from '../../year-to-date.ts'
import { strongest } from '../brief/pull-chart.ts'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { Loaded } from '../Loaded.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { explorerLink } from './explorer-link.ts'

const each = 5

/** The chapters that pull the total most up and most down. */
export function Movers({ from, to, flow, currency }: Span & { flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const labels = text.overviewParts
  const filter = { flow, currency, from, to, by: 'hs2' as const, top: 100 }
  const structure = useStructure(filter)
  return (
    <Section
      title={labels.movers}
      extra={
        structure.data && (
          <HowComputed
            computation={{
              of: labels.movers,
              formulas: ['pull', 'yoy'],
              url: structureAddress(filter),
              ...accountOf(structure.data.meta),
            }}
          />
        )
      }
    >
      <Loaded query={structure} rows={8}>
        {({ data }) => {
          const lines = data.filter(({ code }) => /^\d/.test(code))
          if (lines.every(({ pull }) => pull === null)) return <p className="muted">{labels.notComparable}</p>
          const { up, down } = strongest(lines, each)
          const unit = unitFor(
            [...up, ...down].map(({ change }) => change),
            { currency, language, use: 'table' },
          )
          const link = (code: string) => explorerLink({ ...filter, by: 'hs4', hs: code })
          return (
            <>
              <Side title={labels.up} none={labels.noneUp} lines={up} unit={unit} link={link} />
              <Side title={labels.down} none={labels.noneDown} lines={down} unit={unit} link={link} />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function Side(props: {
  title: string
  none: string
  lines: StructureRow[]
  unit: MoneyUnit
  link: (code: string) => string
}) {
  const { language, text } = useText()
  const { title, lines, unit } = props
  if (lines.length === 0) return <p className="muted">{props.none}</p>
  return (
    <ScrollingTable label={title}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="number">
            {text.structure.pull}
          </th>
          <th scope="col" className="number">
            {text.overviewParts.change(unit.label)}
          </th>
          <th scope="col" className="number">
            {text.yoy}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.code}>
            <th scope="row">
              <Link to={props.link(line.code)}>{nameOf({ ...line, nameZh: line.name }, language)}</Link>
            </th>
            <td className="number">{points(line.pull, 2)}</td>
            <td className="number">{signedMoney(line.change, unit)}</td>
            <td className="number">{text.structure.entry[line.note ?? ''] ?? growth(line.yoy)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
