import { useStructure } from '../api.ts'
import { type DecompositionFilter, useDecomposition, useWorldData } from '../api-change.ts'
import { ChangeForm } from '../components/change/ChangeForm.tsx'
import { ContributionTree } from '../components/change/ContributionTree.tsx'
import { Movers } from '../components/change/Movers.tsx'
import { DecompositionSection, Parts } from '../components/change/PartsSection.tsx'
import { asked, type ChangeSelection, currentOf, useChangeSelection } from '../components/change/selection.ts'
import { WhoPulled } from '../components/change/WhoPulled.tsx'
import { NeedsData, needsOf } from '../components/competitiveness/NeedsData.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { growth, moneyText, points, share, unitFor } from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import '../styles/change.css'
import { spanText } from '../span-text.ts'
import { useCityData } from '../vintage.ts'

/** Why did trade change: which product, market and firm pulled it how far? */
export function Change() {
  const { text } = useText()
  const city = useCityData()
  const { selection, change } = useChangeSelection()
  if (city.loaded && city.last === '')
    return (
      <>
        <PageHead title={text.change.title} />
        <EmptyState title={text.overview.noData} next={text.overview.loadFirst} />
      </>
    )
  return (
    <>
      <PageHead title={text.change.title} answer={<Answer selection={selection} />} />
      <ChangeForm selection={selection} onChange={change} />
      <WhoPulled selection={selection} onChange={change} />
      <Tree selection={selection} />
      <PriceQuantity selection={selection} />
      <Margins selection={selection} />
      {selection.flow === 'export' && <MarketShare selection={selection} />}
    </>
  )
}

/** The change in a sentence: what pulled most in its direction among products, markets and firms. */
function Answer({ selection }: { selection: ChangeSelection }) {
  const { language, text } = useText()
  const { from, to, currency, flow, filters } = selection
  const lines = (by: 'hs2' | 'hs8' | 'partner' | 'enterprise') => ({
    ...asked(selection),
    from,
    to,
    by,
    top: 20_000,
  })
  const products = useStructure(lines(filters.hs === undefined ? 'hs2' : 'hs8'))
  const partners = useStructure(lines('partner'))
  const firms = useStructure(lines('enterprise'))
  return (
    <Loaded query={products} rows={1}>
      {({ meta }) => {
        const unit = unitFor([meta.total], { currency, language, use: 'figure' })
        const most = (answer: typeof products) => {
          const direction = Math.sign(meta.yoy ?? 0) || 1
          const named =
            answer.data?.data.filter(({ code, pull }) => pull !== null && !/^[a-z]/.test(code)) ?? []
          return named.toSorted((a, b) => direction * ((b.pull ?? 0) - (a.pull ?? 0)))[0]
        }
        const pulls = (
          [
            ['product', products],
            ['partner', filters.partner === undefined ? partners : null],
            ['firm', filters.enterprise === undefined ? firms : null],
          ] as const
        ).flatMap(([kind, answer]) => {
          const line = answer && most(answer)
          if (!line || meta.yoy === null) return []
          return [
            text.change.pulls[kind](nameOf({ ...line, nameZh: line.name }, language), points(line.pull, 2)),
          ]
        })
        return text.change.answer({
          months: spanText(from, to, language),
          flow: text.flows[flow],
          value: moneyText(meta.total, unit),
          yoy: meta.yoy === null ? null : growth(meta.yoy),
          pulls,
        })
      }}
    </Loaded>
  )
}

interface Part {
  selection: ChangeSelection
}

function filterOf(selection: ChangeSelection, method: DecompositionFilter['method']): DecompositionFilter {
  return { ...asked(selection), method, current: currentOf(selection) }
}

function Tree({ selection }: Part) {
  const { text } = useText()
  const filter = filterOf(selection, 'contribution')
  const answer = useDecomposition(filter)
  return (
    <>
      <DecompositionSection
        title={text.change.tree.title}
        formula={text.change.formulas.tree}
        filter={filter}
        meta={answer.data?.meta}
      >
        <Loaded query={answer} rows={8}>
          {({ data }) => (
            <>
              <p className="muted gap-below-small">{text.change.tree.sum}</p>
              <ContributionTree data={data} currency={selection.currency} />
            </>
          )}
        </Loaded>
      </DecompositionSection>
      <DecompositionSection
        title={text.change.firms.title}
        formula={text.change.formulas.movers}
        filter={filter}
        meta={answer.data?.meta}
      >
        <Loaded query={answer} rows={4}>
          {({ meta }) => <Movers meta={meta} currency={selection.currency} />}
        </Loaded>
      </DecompositionSection>
    </>
  )
}

function PriceQuantity({ selection }: Part) {
  const { text } = useText()
  const labels = text.change.price
  const filter = filterOf(selection, 'price-quantity')
  const answer = useDecomposition(filter)
  return (
    <DecompositionSection
      title={labels.title}
      formula={text.change.formulas.price}
      filter={filter}
      meta={answer.data?.meta}
    >
      <Loaded query={answer} rows={4}>
        {(found) =>
          found.data.length === 0 ? (
            <p className="muted">{labels.none}</p>
          ) : (
            <>
              <p className="gap-below-small">{labels.covered(share(found.meta.coverage))}</p>
              <Parts answer={found} name={labels.title} />
            </>
          )
        }
      </Loaded>
    </DecompositionSection>
  )
}

function Margins({ selection }: Part) {
  const { text } = useText()
  const labels = text.change.margins
  const filter = filterOf(selection, 'margins')
  const answer = useDecomposition(filter)
  return (
    <DecompositionSection
      title={labels.title}
      formula={text.change.formulas.margins}
      filter={filter}
      meta={answer.data?.meta}
    >
      <Loaded query={answer} rows={4}>
        {(found) => (
          <>
            <p className="muted gap-below-small">{labels.note(found.meta.filters.minMonths ?? '1')}</p>
            <Parts answer={found} name={labels.title} />
          </>
        )}
      </Loaded>
    </DecompositionSection>
  )
}

/** Against the world's trade, for the last two whole years; without world data it says which to load. */
function MarketShare({ selection }: Part) {
  const { text } = useText()
  const labels = text.change.cms
  const year = Number(selection.to.slice(0, 4)) - (selection.to.endsWith('-12') ? 0 : 1)
  const filter: DecompositionFilter = {
    ...asked(selection),
    currency: 'USD',
    method: 'cms',
    base: String(year - 1),
    current: selection.to === '' ? '' : String(year),
  }
  const world = useWorldData()
  const answer = useDecomposition(filter, world?.imports ?? false)
  const years = `${year - 1}–${year}`
  const refused = needsOf(answer.error, world?.imports)
  return (
    <DecompositionSection
      title={labels.title}
      formula={text.change.formulas.cms}
      filter={filter}
      meta={answer.data?.meta}
    >
      {refused !== null ? (
        <NeedsData
          title={labels.needs}
          next={labels.needsNext(years)}
          reason={labels.reason}
          detail={refused}
        />
      ) : (
        <Loaded query={answer} rows={4}>
          {(found) => (
            <>
              <p className="muted gap-below-small">{labels.of(years)}</p>
              <Parts answer={found} name={labels.title} />
            </>
          )}
        </Loaded>
      )}
    </DecompositionSection>
  )
}
