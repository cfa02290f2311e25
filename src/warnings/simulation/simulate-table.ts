import type { Condition, Measure, Rule } from '../rule.ts'
import { type Alarms, alarmsOf, discoveries, type Estimate, type Score, scoreAlarms } from './simulate.ts'
import { mergedView, monthView, type Simulated, simulateCity, type View } from './simulate-city.ts'

/** Figures the study that this repeats reports for a rule. */
export interface Reported {
  falseAlarmsPerThousand: number
  holidayShare: number
  detected: number
  detectedQuiet: number
  medianDelay: number
  /** Said of one rule only. */
  falseDiscoveries?: number
}

export interface SimulationRow {
  name: string
  /** Whether January and February are one period, as in the service, or two. */
  merged: boolean
  score: Score
  /** Null where the study does not name the rule. */
  source: Reported | null
  /** The figures that differ by more than two standard errors of the difference of two draws. */
  apart: (keyof Reported)[]
}

/** The measures on one simulated city beside the published figures of the same experiment on another draw. */
export function simulationTable(count = 4000, seed = 2026): SimulationRow[] {
  const city = simulateCity(count, seed)
  return experiments.map((experiment) => {
    const { name, view, source = null } = experiment
    const score = scoreAlarms(city, experimentAlarms(experiment, city), view)
    return { name, merged: view === mergedView, score, source, apart: source ? apartFrom(score, source) : [] }
  })
}

interface Experiment {
  name: string
  view: View
  conditions: Rule['conditions']
  held?: number
  /** On sums of three months instead of the months. */
  rolling?: boolean
  /** Judged by the years before alone, as the study has it, not also by the year so far as the service does. */
  fixedPast?: boolean
  /** Instead of the threshold, the procedure for this nominal share of false discoveries. */
  discoveryShare?: number
  source?: Reported
}

function experimentAlarms(experiment: Experiment, city: readonly Simulated[]): Alarms {
  const { view, conditions, held = 1, rolling = false, fixedPast = false, discoveryShare } = experiment
  const rule = simulatedRule(conditions, held)
  const look = { view, rolling, fixedPast }
  return discoveryShare === undefined
    ? alarmsOf(rule, city, look)
    : discoveries(rule, city, { ...look, share: discoveryShare })
}

const growth = above('yoy', '0.3')
const experiments: Experiment[] = [
  { name: 'yoy > 30 %', view: monthView, conditions: [growth], source: reported(260, 0.2, 0.97, 0.99, 0) },
  {
    name: 'yoy > 30 % for 2',
    view: monthView,
    conditions: [growth],
    held: 2,
    source: reported(84, 0.15, 0.81, 0.9, 1),
  },
  {
    name: 'since January > 30 %',
    view: monthView,
    conditions: [above('ytdYoy', '0.3')],
    source: reported(142, 0.23, 0.52, 0.5, 0),
  },
  {
    name: 'rolling 3 > 30 %',
    view: monthView,
    conditions: [above('rolling3Yoy', '0.3')],
    source: reported(180, 0.16, 0.9, 0.96, 0.5),
  },
  {
    name: 'robust z > 3',
    view: monthView,
    conditions: [above('robustZ', '3')],
    fixedPast: true,
    source: reported(8.6, 0.23, 0.32, 0.54, 0),
  },
  {
    name: 'robust z > 3',
    view: mergedView,
    conditions: [above('robustZ', '3')],
    fixedPast: true,
    source: reported(9.2, 0.03, 0.37, 0.63, 0),
  },
  {
    name: 'Benjamini-Hochberg 10 % on z',
    view: mergedView,
    conditions: [above('robustZ', '0')],
    fixedPast: true,
    discoveryShare: 0.1,
    source: { ...reported(10.9, 0.01, 0.41, 0.69, 0), falseDiscoveries: 0.58 },
  },
  {
    name: 'cusum > 5',
    view: mergedView,
    conditions: [above('cusum', '5')],
    source: reported(11.7, 0, 0.38, 0.66, 2),
  },
  {
    name: 'rolling 3 > 30 % and its z > 2.5',
    view: monthView,
    conditions: [growth, above('robustZ', '2.5')],
    rolling: true,
    fixedPast: true,
    source: reported(17.8, 0.16, 0.5, 0.77, 1),
  },
  { name: 'robust z > 3, with the year so far', view: mergedView, conditions: [above('robustZ', '3')] },
  { name: 'robust z > 3.7, with the year so far', view: mergedView, conditions: [above('robustZ', '3.7')] },
  { name: 'yoy > 30 %', view: mergedView, conditions: [growth] },
  { name: 'yoy > 30 % for 2', view: mergedView, conditions: [growth], held: 2 },
  {
    name: 'outside the naive 80 % band',
    view: mergedView,
    conditions: [{ ...above('naiveBand', '1'), comparison: 'outside' }],
  },
  {
    name: 'outside the smoothed 80 % band',
    view: mergedView,
    conditions: [{ ...above('smoothedBand', '1'), comparison: 'outside' }],
  },
]

/** Two draws of one size differ by more than two standard errors of their difference in about one figure of twenty. */
function apartFrom(score: Score, source: Reported): (keyof Reported)[] {
  const compared = ['falseAlarmsPerThousand', 'detected', 'detectedQuiet'] as const
  return compared.filter((name) => {
    const { value, error }: Estimate = score[name]
    return Math.abs(value - source[name]) > 2 * Math.SQRT2 * error
  })
}

function above(measure: Measure, threshold: string): Condition {
  return { measure, comparison: 'above', threshold }
}

function reported(...figures: [number, number, number, number, number]): Reported {
  const [falseAlarmsPerThousand, holidayShare, detected, detectedQuiet, medianDelay] = figures
  return { falseAlarmsPerThousand, holidayShare, detected, detectedQuiet, medianDelay }
}

function simulatedRule(conditions: Rule['conditions'], held: number): Rule {
  return {
    id: 'simulated',
    name: { zh: '模拟', en: 'Simulated' },
    topic: 'surge',
    severity: 'info',
    selector: { dataset: 'simulated', flow: 'export', by: 'total', currency: 'USD' },
    conditions,
    floor: { on: 'current', monthlyAmount: '0' },
    for: held,
    keepFiringFor: 0,
    worseBy: '1',
    limit: 100_000,
    enabled: true,
  }
}
