import { type Flow, useGrowth, useStructure } from '../api.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FlowAndCurrency } from '../components/FlowAndCurrency.tsx'
import { HeadlineFigures } from '../components/HeadlineFigures.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { MonthlySection } from '../components/MonthlySection.tsx'
import { NewestImports } from '../components/NewestImports.tsx'
import { OpenWarnings } from '../components/OpenWarnings.tsx'
import { Freshness } from '../components/overview/Freshness.tsx'
import { Movers } from '../components/overview/Movers.tsx'
import { PartnersAndProducts } from '../components/overview/PartnersAndProducts.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { StructureSection } from '../components/StructureSection.tsx'
import { type Currency, growth, moneyText, points, unitFor, yearToDate } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import { useChoice } from '../use-choice.ts'
import { useCityData } from '../vintage.ts'
import { type Span, spanOf } from '../year-to-date.ts'

/** How is trade doing? The answer in a sentence, then the figures, the months and what they are made of. */
export function Overview() {
  const { text } = useText()
  const [currency, setCurrency] = useChoice('currency', ['USD', 'CNY'])
  const [flow, setFlow] = useChoice('flow', ['export', 'import'])
  const city = useCityData()
  const span = spanOf(city.last)
  const isEmpty = city.loaded && city.last === ''
  return (
    <>
      <PageHead
        title={text.ways.overview}
        answer={isEmpty ? text.overview.noData : <Answer {...span} flow={flow} currency={currency} />}
        tools={<FlowAndCurrency flow={flow} onFlow={setFlow} currency={currency} onCurrency={setCurrency} />}
      />
      {isEmpty ? (
        <EmptyState title={text.overview.noData} next={text.overview.loadFirst} />
      ) : (
        <>
          <HeadlineFigures {...span} currency={currency} />
          <MonthlySection {...span} flow={flow} currency={currency} />
          <PartnersAndProducts {...span} flow={flow} currency={currency} />
          <div className="columns">
            <Movers {...span} flow={flow} currency={currency} />
            <OpenWarnings />
          </div>
          <StructureSection {...span} flow={flow} currency={currency} />
        </>
      )}
      <div className="columns">
        <Freshness />
        <NewestImports />
      </div>
    </>
  )
}

function Answer({ from, to, since, flow, currency }: Span & { flow: Flow; currency: Currency }) {
  const { language, text } = useText()
  const months = useGrowth({ flow, currency, from: since, to })
  const chapters = useStructure({ flow, currency, from, to, by: 'hs2', top: 100 })
  return (
    <Loaded query={months} rows={1}>
      {({ data }) => {
        const last = data.at(-1)
        if (!last) return null
        const unit = unitFor([last.ytd], { currency, language, use: 'figure' })
        const lines = chapters.data?.data.filter((line) => /^\d/.test(line.code) && line.pull !== null) ?? []
        const direction = Math.sign(last.ytdYoy ?? 0)
        const top = lines.toSorted((a, b) => direction * ((b.pull ?? 0) - (a.pull ?? 0)))[0]
        return text.overview.answer({
          months: yearToDate(last.period, language),
          flow: text.flows[flow],
          value: moneyText(last.ytd, unit),
          yoy: last.ytdYoy === null ? null : growth(last.ytdYoy),
          top: top && { name: nameOf({ ...top, nameZh: top.name }, language), pull: points(top.pull) },
        })
      }}
    </Loaded>
  )
}
