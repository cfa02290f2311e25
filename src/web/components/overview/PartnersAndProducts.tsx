import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { Link } from 'react-router'
import { type Flow, type StructureFilter, structureAddress, useStructure } from '../../api.ts'
import { type Currency, share, unitFor } from '../../format.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import type { Span } from '../../year-to-date.ts'
import { BarsChart } from '../explorer/BarsChart.tsx'
import { accountOf } from '../HeadlineFigures.tsx'
import { HowComputed } from '../HowComputed.tsx'
import { Loaded } from '../Loaded.tsx'
import { Section } from '../Section.tsx'
import { explorerLink } from './explorer-link.ts'
import { treemapOption } from './treemap-option.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))
const treemapHeight = 416

/** The largest partners as bars, and what is traded as rectangles. */
export function PartnersAndProducts({ from, to, flow, currency }: Span & { flow: Flow; currency: Currency }) {
  const common = { flow, currency, from, to, top: 100 }
  return (
    <div className="columns">
      <Partners filter={{ ...common, by: 'partner' }} />
      <Products filter={{ ...common, by: 'hs2' }} />
    </div>
  )
}

type Answer = NonNullable<ReturnType<typeof useStructure>['data']>

function Part(props: { title: string; filter: StructureFilter; children: (answer: Answer) => ReactNode }) {
  const { text } = useText()
  const { title, filter } = props
  const structure = useStructure(filter)
  return (
    <Section
      title={title}
      extra={
        <>
          {structure.data && (
            <HowComputed
              computation={{
                of: title,
                formulas: ['share', 'yoy'],
                url: structureAddress(filter),
                ...accountOf(structure.data.meta),
              }}
            />
          )}
          <Link to={explorerLink(filter)}>{text.overviewParts.explore}</Link>
        </>
      }
    >
      <Loaded query={structure} rows={8}>
        {props.children}
      </Loaded>
    </Section>
  )
}

function Partners({ filter }: { filter: StructureFilter }) {
  const { language, text } = useText()
  const { partners, origins } = text.overviewParts
  return (
    <Part title={filter.flow === 'export' ? partners : origins} filter={filter}>
      {({ data }) => (
        <BarsChart
          lines={data}
          unit={unitFor(
            data.map(({ value }) => value),
            { currency: filter.currency, language, use: 'figure' },
          )}
        />
      )}
    </Part>
  )
}

function Products({ filter }: { filter: StructureFilter }) {
  const { text } = useText()
  return (
    <Part title={text.overviewParts.treemap} filter={filter}>
      {({ data }) => <Treemap lines={data} />}
    </Part>
  )
}

function Treemap({ lines }: { lines: Answer['data'] }) {
  const { language, text } = useText()
  const labels = text.overviewParts
  const option = useMemo(() => treemapOption(lines, language), [lines, language])
  const [first] = lines
  const label = first
    ? labels.treemapSpoken(
        lines.length,
        nameOf({ ...first, nameZh: first.name }, language),
        share(first.share),
      )
    : labels.treemap
  return (
    <>
      <Suspense fallback={<div style={{ height: treemapHeight }} />}>
        <Chart option={option} label={label} height={treemapHeight} />
      </Suspense>
      <p className="muted">{labels.treemapNote}</p>
    </>
  )
}
