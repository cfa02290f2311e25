import { growthAddress, structureAddress, useGrowth, useStructure } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { BarsChart } from '../components/explorer/BarsChart.tsx'
import { SelectionForm } from '../components/explorer/SelectionForm.tsx'
import { drillOf, type Selection, useSelection } from '../components/explorer/selection.ts'
import { accountOf } from '../components/HeadlineFigures.tsx'
import { HowComputed } from '../components/HowComputed.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MonthlyChart } from '../components/MonthlyChart.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Section } from '../components/Section.tsx'
import { StructureTable } from '../components/StructureTable.tsx'
import { count, growth, moneyText, share, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { useCityData, useRevisedMonths } from '../vintage.ts'
import { spanOf } from '../year-to-date.ts'

/** What are exports made of, down to the product and the enterprise? */
export function Explorer() {
  const { text } = useText()
  const city = useCityData()
  const { selection, change } = useSelection(spanOf(city.last))
  if (city.loaded && city.last === '')
    return (
      <>
        <PageHead title={text.ways.explorer} />
        <EmptyState title={text.overview.noData} next={text.overview.loadFirst} />
      </>
    )
  return (
    <>
      <PageHead title={text.ways.explorer} />
      <SelectionForm selection={selection} onChange={change} />
      <Lines selection={selection} onChange={change} />
      <Series selection={selection} />
    </>
  )
}

function Lines(props: { selection: Selection; onChange: ReturnType<typeof useSelection>['change'] }) {
  const { language, text } = useText()
  const { selection, onChange } = props
  const filter = { ...selection, top: 200 }
  const structure = useStructure(filter)
  const title = text.structure.dimensions[selection.by]
  return (
    <Section
      title={title}
      extra={
        <>
          {structure.data && (
            <HowComputed
              computation={{
                of: title,
                formulas: ['share', 'yoy', 'pull'],
                url: structureAddress(filter),
                ...accountOf(structure.data.meta),
              }}
            />
          )}
          <a href={`${structureAddress(filter)}&format=csv`} download="structure.csv">
            {text.structure.download}
          </a>
        </>
      }
    >
      <Loaded query={structure} rows={10}>
        {({ data, meta }) => {
          const amounts = data.map((line) => line.value)
          const unit = unitFor(amounts, { currency: selection.currency, language, use: 'table' })
          if (data.length === 0)
            return <EmptyState title={text.explorer.none} next={text.explorer.noneNext} />
          return (
            <>
              <p className="gap-below-small">
                {text.structure.summary({
                  total: moneyText(meta.total, unit),
                  yoy: growth(meta.yoy),
                  lines: count(meta.n),
                  topFive: share(meta.top.find(({ n }) => n === 5)?.share),
                })}
              </p>
              {meta.warnings.map((warning) => (
                <p key={warning.code} className="note">
                  {text.structure.notes[warning.code] ?? warning.detail}
                </p>
              ))}
              <div className="lines-and-bars">
                <StructureTable
                  lines={data}
                  unit={unit}
                  by={selection.by}
                  isPlaceholder={structure.isPlaceholderData}
                  onDrill={(code) => {
                    const changes = drillOf(selection, code)
                    return changes && (() => onChange(changes))
                  }}
                />
                <BarsChart lines={data} unit={unit} />
              </div>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

/** The months of what is filtered, over the year before. */
function Series({ selection }: { selection: Selection }) {
  const { language, text } = useText()
  const { by: _, ...filters } = selection
  const since = selection.to === '' ? '' : `${Number(selection.to.slice(0, 4)) - 1}-01`
  const asked = { ...filters, from: since }
  const months = useGrowth(asked)
  const revised = useRevisedMonths(selection.flow)
  return (
    <Section
      title={text.monthly.title}
      extra={
        months.data && (
          <HowComputed
            computation={{
              of: text.monthly.title,
              formulas: ['month', 'yoy'],
              url: growthAddress(asked),
              ...accountOf(months.data.meta),
            }}
          />
        )
      }
    >
      <Loaded query={months} rows={8}>
        {({ data }) => (
          <MonthlyChart
            rows={data}
            unit={unitFor(
              data.map((row) => row.value),
              { currency: selection.currency, language, use: 'figure' },
            )}
            revised={revised}
          />
        )}
      </Loaded>
    </Section>
  )
}
