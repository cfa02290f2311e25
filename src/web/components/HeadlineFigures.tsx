import { type Flow, growthAddress, useGrowth, useStructure } from '../api.ts'
import {
  type Currency,
  dayAndTime,
  difference,
  type MoneyUnit,
  missing,
  money,
  moneyText,
  month,
  points,
  signedMoney,
  signedMoneyText,
  unitFor,
  yearToDate,
} from '../format.ts'
import { useText } from '../language.tsx'
import { nameOf } from '../names.ts'
import type { Span } from '../year-to-date.ts'
import { strongest } from './brief/pull-chart.ts'
import { Change } from './Change.tsx'
import { HeadlineFigure } from './HeadlineFigure.tsx'
import type { Computation } from './HowComputed.tsx'
import { Loaded } from './Loaded.tsx'

/** Exports, imports and their balance: the year so far and the latest month. */
export function HeadlineFigures({ since, to, currency }: Span & { currency: Currency }) {
  const { language } = useText()
  const exported = useGrowth({ flow: 'export', currency, from: since, to })
  const imported = useGrowth({ flow: 'import', currency, from: since, to })
  return (
    <Loaded query={exported} rows={3}>
      {(exports) => (
        <Loaded query={imported} rows={3}>
          {(imports) => {
            const [sold, bought] = [exports.data.at(-1), imports.data.at(-1)]
            if (!sold || !bought) return null
            const unit = unitFor([sold.ytd, bought.ytd], { currency, language, use: 'figure' })
            const common = { unit, currency, since, to }
            return (
              <div className="figures">
                <FlowFigure flow="export" row={sold} meta={exports.meta} {...common} />
                <FlowFigure flow="import" row={bought} meta={imports.meta} {...common} />
                <Balance sold={sold} bought={bought} meta={exports.meta} {...common} />
              </div>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

type Growth = NonNullable<ReturnType<typeof useGrowth>['data']>

interface Common {
  unit: MoneyUnit
  currency: Currency
  since: string
  to: string
  meta: Growth['meta']
}

function FlowFigure(props: Common & { flow: Flow; row: Growth['data'][number] }) {
  const { language, text } = useText()
  const { flow, row, unit, currency, since, to, meta } = props
  const goodWhen = flow === 'export' ? 'up' : 'neither'
  const name = text.overview.toDate(text.flows[flow], yearToDate(row.period, language))
  const computation: Computation = {
    of: name,
    formulas: ['ytd', 'ytdYoy', 'yoy'],
    url: growthAddress({ flow, currency, from: since, to }),
    ...accountOf(meta),
  }
  return (
    <HeadlineFigure
      name={name}
      value={money(row.ytd, unit)}
      unit={unit.label}
      computation={computation}
      lines={[
        { name: text.yoy, value: <Change value={row.ytdYoy} goodWhen={goodWhen} /> },
        {
          name: month(row.period, language),
          value: (
            <>
              {moneyText(row.value, unitFor([row.value], { currency, language, use: 'figure' }))} (
              <Change value={row.yoy} goodWhen={goodWhen} />)
            </>
          ),
        },
        { name: text.overviewParts.topPull, value: <TopPull {...{ flow, currency, to }} /> },
      ]}
    />
  )
}

/** The chapter that moves the year so far most in the direction it moves. */
function TopPull({ flow, currency, to }: { flow: Flow; currency: Currency; to: string }) {
  const { language, text } = useText()
  const { data } = useStructure({ flow, currency, from: `${to.slice(0, 4)}-01`, to, by: 'hs2', top: 100 })
  const lines = data?.data.filter(({ code }) => /^\d/.test(code)) ?? []
  const { up, down } = strongest(lines, 1)
  const [top] = (data?.meta.yoy ?? 0) < 0 ? down : up
  return top
    ? `${nameOf({ ...top, nameZh: top.name }, language)} ${text.overviewParts.points(points(top.pull))}`
    : missing
}

function Balance(props: Common & { sold: Growth['data'][number]; bought: Growth['data'][number] }) {
  const { language, text } = useText()
  const { sold, bought, unit, currency, since, to, meta } = props
  const name = text.overview.toDate(text.overview.balance, yearToDate(sold.period, language))
  return (
    <HeadlineFigure
      name={name}
      value={signedMoney(difference(sold.ytd, bought.ytd), unit)}
      unit={unit.label}
      computation={{
        of: name,
        formulas: ['balance', 'ytd'],
        url: growthAddress({ flow: 'import', currency, from: since, to }),
        ...accountOf(meta),
      }}
      lines={[
        {
          name: month(sold.period, language),
          value: signedMoneyText(difference(sold.value, bought.value), unit),
        },
      ]}
    />
  )
}

/** What a reply says about itself, for the panel. */
export function accountOf(meta: {
  filters: Record<string, string>
  rows: number
  vintage: string
  asOf: string
}): Pick<Computation, 'filters' | 'rows' | 'vintage'> {
  return { filters: meta.filters, rows: meta.rows, vintage: dayAndTime(meta.vintage) }
}
