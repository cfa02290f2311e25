import { growthAddress, structureAddress, useGrowth, useStructure } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { BarsChart } from '../components/explorer/BarsChart.tsx'
import { type Line, LinesTable } from '../components/explorer/LinesTable.tsx'
import { PictureBox } from '../components/explorer/PictureBox.tsx'
import { SelectionForm } from '../components/explorer/SelectionForm.tsx'
import { drillOf, type Selection, useSelection } from '../components/explorer/selection.ts'
import { ViewForm } from '../components/explorer/ViewForm.tsx'
import { useView } from '../components/explorer/view.ts'
import { accountOf } from '../components/HeadlineFigures.tsx'
import { HowComputed } from '../components/HowComputed.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MonthlyChart } from '../components/MonthlyChart.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { ProblemNotice } from '../components/ProblemNotice.tsx'
import { Section } from '../components/Section.tsx'
import { count, growth, moneyText, share, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { spanText } from '../span-text.ts'
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
  const { view, isCompared, change } = useView()
  const filter = { ...selection, top: 500 }
  const structure = useStructure(filter)
  const otherFilter = { ...filter, ...view.against, top: 20_000 }
  const other = useStructure(isCompared ? otherFilter : { ...otherFilter, to: '' })
  const title = text.structure.dimensions[selection.by]
  const download = (format: 'csv' | 'xlsx') => `${structureAddress(filter)}&format=${format}`
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
          <a href={download('csv')} download="structure.csv">
            {text.structure.download}
          </a>
          <a href={download('xlsx')} download="structure.xlsx">
            .xlsx
          </a>
        </>
      }
    >
      <ViewForm view={view} onChange={change} />
      {other.error && isCompared && <ProblemNotice error={other.error} />}
      <Loaded query={structure} rows={10}>
        {({ data, meta }) => {
          const before =
            isCompared && other.data ? new Map(other.data.data.map((line) => [line.code, line.value])) : null
          const lines = data.map((line): Line => ({ ...line, other: before && otherOf(line.code, before) }))
          const unit = unitFor(
            lines.flatMap((line) => [line.value, line.other]),
            { currency: selection.currency, language, use: 'table' },
          )
          if (data.length === 0)
            return <EmptyState title={text.explorer.none} next={text.explorer.noneNext} />
          const picked = lines.filter((line) => matches(line, view.words))
          const { from, to } = view.against
          return (
            <>
              <p className="gap-below-small">
                {text.explorer.summary({
                  total: moneyText(meta.total, unit),
                  yoy: growth(meta.yoy),
                  lines: count(meta.overlapping ? data.length : meta.n),
                  topFive: topFive(meta),
                })}
              </p>
              {view.words !== '' && (
                <p className="muted gap-below-small">{text.explorer.picked(picked.length, lines.length)}</p>
              )}
              {meta.warnings.map((warning) => (
                <p key={warning.code} className="note">
                  {text.structure.notes[warning.code] ?? warning.detail}
                </p>
              ))}
              <div className="lines-and-bars">
                <LinesTable
                  lines={picked}
                  unit={unit}
                  heading={title}
                  otherHeading={isCompared ? spanText(from, to, language) : null}
                  view={view}
                  isPlaceholder={structure.isPlaceholderData}
                  onSort={(sort, order) => change({ sort, order })}
                  drill={(code) => {
                    const changes = drillOf(selection, code)
                    return changes && (() => onChange(changes))
                  }}
                />
                <PictureBox name={`structure-${selection.by}`}>
                  <BarsChart lines={picked} unit={unit} />
                </PictureBox>
              </div>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

/** What a line was in the other period; the line of the rest cannot be compared, as other lines may be in it. */
function otherOf(code: string, values: ReadonlyMap<string, string>): string | null {
  return code === 'other' ? null : (values.get(code) ?? '0')
}

/** The share of the five largest lines, null where there are no more than five: then it says nothing. */
function topFive({ top, n }: { top: { n: number; share: string }[]; n: number }): string | null {
  const five = top.find((entry) => entry.n === 5)
  return five === undefined || n <= 5 ? null : share(five.share)
}

function matches(line: Line, words: string): boolean {
  const text = [line.code, line.name, line.nameEn].join(' ').toLowerCase()
  return text.includes(words.toLowerCase())
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
