import { Button, InputNumber } from 'antd'
import { type ReactNode, useState } from 'react'
import { useCountries } from '../../api.ts'
import { type Backtest, type Rule, useBacktest } from '../../api-alerts.ts'
import { count, moneyText, month, unitFor } from '../../format.ts'
import { RequestError } from '../../http.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'
import { useDebounced } from '../../use-debounced.ts'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { LabelledField } from './fields.tsx'
import { measureText } from './measure-text.ts'
import type { RuleEdit } from './RuleForm.tsx'
import { type RuleProblem, ruleProblemOf } from './rule-draft.ts'

const firstPeriods = 11
const firstBudget = 5

/** What a rule would have told, computed anew whenever the rule stays the same for a moment. */
export function useRuleTest(rule: Rule): {
  test: ReturnType<typeof useBacktest>
  settings: ReactNode
  problem: RuleProblem | null
} {
  const { text } = useText()
  const labels = text.alerts.rule.backtest
  const [periods, setPeriods] = useState(firstPeriods)
  const [budget, setBudget] = useState<number | null>(firstBudget)
  // An id or a name that is still missing says nothing about what a rule would tell.
  const asked = {
    ...rule,
    id: rule.id || 'draft',
    name: { zh: rule.name.zh || '-', en: rule.name.en || '-' },
  }
  const settled = useDebounced(JSON.stringify({ rule: asked, periods, budget: budget ?? undefined }))
  const test = useBacktest(JSON.parse(settled))
  const settings = (
    <div className="entries">
      <LabelledField label={labels.periods}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={120}
            precision={0}
            value={periods}
            onChange={(value) => setPeriods(value ?? firstPeriods)}
          />
        )}
      </LabelledField>
      <LabelledField label={labels.budget} wide>
        {(id) => <InputNumber id={id} min={0} max={100_000} value={budget} onChange={setBudget} />}
      </LabelledField>
    </div>
  )
  return { test, settings, problem: ruleProblemOf(test.error) }
}

/** How many alerts a period, which ones, and the threshold the budget calls for. */
export function BacktestPanel({
  rule,
  onChange,
  tested,
}: RuleEdit & { tested: ReturnType<typeof useRuleTest> }) {
  const { text } = useText()
  const labels = text.alerts.rule.backtest
  const { test } = tested
  const isRefused = test.error instanceof RequestError && test.error.status === 400
  return (
    <Section title={labels.title} extra={test.isFetching && <span role="status">{labels.waiting}</span>}>
      {tested.settings}
      {isRefused ? (
        <p className="note gap-above">
          {labels.none}
          {tested.problem && ` ${tested.problem.field}: ${text.alerts.rule.wrong(tested.problem.allowed)}`}
        </p>
      ) : test.error ? (
        <ProblemNotice error={test.error} onRetry={() => void test.refetch()} />
      ) : (
        test.data && <Outcome found={test.data.data} rule={rule} onChange={onChange} />
      )}
    </Section>
  )
}

function Outcome({ found, rule, onChange }: RuleEdit & { found: Backtest }) {
  const { text } = useText()
  const labels = text.alerts.rule.backtest
  const fired = found.periods.reduce((sum, period) => sum + period.fired, 0)
  const silent = fired === 0 && found.periods.every(({ open }) => open === 0)
  return (
    <>
      <p className="gap-above" role="status">
        {silent
          ? labels.silent(found.periods.length)
          : labels.answer({
              periods: found.periods.length,
              fired: count(fired),
              perPeriod: found.perPeriod.toFixed(1),
              open: count(found.periods.at(-1)?.open ?? 0),
            })}
      </p>
      {found.budget && <Proposal budget={found.budget} rule={rule} onChange={onChange} />}
      <Periods periods={found.periods} />
      {found.alerts.length > 0 && <Alerts found={found} rule={rule} />}
    </>
  )
}

/** A threshold for the alerts that can be looked after, or why there is none. */
function Proposal({ budget, rule, onChange }: RuleEdit & { budget: NonNullable<Backtest['budget']> }) {
  const { text } = useText()
  const labels = text.alerts.rule.backtest
  const { wanted, threshold, noThreshold, calibratedPerPeriod, realisedPerPeriod } = budget
  const [first, ...others] = rule.conditions
  if (noThreshold) return <p className="muted">{labels.noProposal[noThreshold]}</p>
  if (threshold === null || !first) return null
  return (
    <p>
      {labels.proposal({
        wanted: String(wanted),
        threshold: measureText(first.measure, threshold),
        calibrated: calibratedPerPeriod.toFixed(1),
        realised: realisedPerPeriod.toFixed(1),
      })}{' '}
      {threshold !== first.threshold && (
        <Button
          size="small"
          onClick={() => onChange({ ...rule, conditions: [{ ...first, threshold }, ...others] })}
        >
          {labels.take}
        </Button>
      )}
    </p>
  )
}

function Periods({ periods }: { periods: Backtest['periods'] }) {
  const { language, text } = useText()
  const labels = text.alerts.rule.backtest
  const most = Math.max(...periods.map(({ fired }) => fired), 1)
  return (
    <ScrollingTable label={labels.byPeriod}>
      <thead>
        <tr>
          <th scope="col">{labels.period}</th>
          <th scope="col">{labels.fired}</th>
          <th scope="col" className="number">
            {labels.open}
          </th>
        </tr>
      </thead>
      <tbody>
        {periods.toReversed().map(({ period, fired, open }) => (
          <tr key={period}>
            <th scope="row" className="nowrap">
              {month(period, language)}
            </th>
            <td className="bar-cell">
              <span className="bar" style={{ width: `${(fired / most) * 70}%` }} /> {count(fired)}
            </td>
            <td className="number">{count(open)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}

const shownAlerts = 20

function Alerts({ found, rule }: { found: Backtest; rule: Rule }) {
  const { language, text } = useText()
  const labels = text.alerts.rule.backtest
  const subject = useSubject()
  const { currency } = rule.selector
  const lead = rule.conditions[0]?.measure ?? 'yoy'
  const rest = found.alerts.length - shownAlerts + found.moreAlerts
  return (
    <>
      <h3 className="gap-above">{labels.alerts}</h3>
      <ScrollingTable label={labels.alerts}>
        <thead>
          <tr>
            <th scope="col">{labels.series}</th>
            <th scope="col">{labels.firedIn}</th>
            <th scope="col">{labels.resolvedIn}</th>
            <th scope="col" className="number">
              {text.value}
            </th>
            <th scope="col" className="number">
              {text.alerts.warning.change}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.alerts.slice(0, shownAlerts).map((alert) => (
            <tr key={`${JSON.stringify(alert.labels)} ${alert.firedPeriod}`}>
              <th scope="row">{subject(alert.labels)}</th>
              <td className="nowrap">{month(alert.firedPeriod, language)}</td>
              <td className="nowrap">
                {alert.resolvedPeriod === null ? labels.stillOpen : month(alert.resolvedPeriod, language)}
              </td>
              <td className="number">
                {moneyText(alert.value, unitFor([alert.value], { currency, language, use: 'figure' }))}
              </td>
              <td className="number">{measureText(lead, alert.change)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
      {rest > 0 && <p className="muted">{labels.more(rest)}</p>}
    </>
  )
}

/** Labels as a reader says them: partners by name, everything else by its code. */
function useSubject(): (labels: Record<string, string>) => string {
  const { language, text } = useText()
  const countries = useCountries()
  const names = new Map(countries.data?.data.map((country) => [country.iso2 ?? country.code, country]))
  return (labels) =>
    Object.entries(labels)
      .sort(([a], [b]) => (a > b ? -1 : 1)) // partner before hs: who, then what
      .map(([name, code]) => {
        const country = name === 'partner' ? names.get(code) : undefined
        if (country) return nameOf(country, language)
        return name === 'hs' ? `HS ${code}` : `${text.alerts.labels[name] ?? name} ${code}`
      })
      .join(' · ') || text.warnings.total
}
