import type { OriginCase } from './case.ts'
import type { OriginComparison } from './compare.ts'
import type { OriginResult, OriginRouteRow, OriginStep } from './result.ts'
import type { OriginLanguage, OriginText } from './text.ts'
import { originText } from './texts.ts'

/** The answer for a reader at a terminal: verdict first, then why, the routes, the steps, what is missing, what to change. */
export function originReport(
  input: OriginCase,
  result: OriginResult,
  { agreements, language }: { agreements: readonly OriginComparison[]; language: OriginLanguage },
): string {
  const text = originText(language)
  const facts = { good: input.good.hs, party: input.good.producedIn, agreement: result.agreement }
  const verdict = `${result.verdict}: ${text.verdict(result.verdict, facts)}`
  const codes = result.codes.length > 0 ? ` [${result.codes.join(' + ')}]` : ''
  const country = result.steps.filter(
    (step) => step.rule === text.rule.countryOfOrigin && step.passed !== null,
  )
  return [
    `${verdict}${codes}`,
    ...country.map((step) => `${step.rule}: ${step.detail}`),
    ...section(text.heading.routes, table(result.routes.map((route) => routeCells(route, text)))),
    ...section(
      text.heading.agreements,
      agreements.length > 1 ? agreements.map((one) => agreementLine(one, facts, text)) : [],
    ),
    ...section(text.heading.missing, result.missing),
    ...section(
      text.heading.changes,
      result.minimumChange.map((change) => change.text),
    ),
    ...section(
      text.heading.sensitivity,
      (result.sensitivity?.limits ?? []).flatMap((limit) => (limit.percent === null ? [] : [limit.text])),
    ),
    ...section(text.heading.steps, result.steps.map(stepLine)),
    ...section(text.heading.evidence, result.evidence),
    '',
  ].join('\n')
}

function agreementLine(
  { agreement, verdict, codes, rule, missing }: OriginComparison,
  facts: { good: string; party: string },
  text: OriginText,
): string {
  const sentence = text.verdict(verdict, { ...facts, agreement })
  const by = [...(rule ? [rule] : []), ...(codes.length > 0 ? [`[${codes.join(' + ')}]`] : [])].join(' ')
  const open = verdict === 'needs-info' ? `: ${missing.join('; ')}` : ''
  return `${verdict.padEnd(10)}  ${sentence}${by ? ` (${by})` : ''}${open}`
}

function section(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)]
}

function routeCells(route: OriginRouteRow, text: OriginText): string[] {
  const met = route.passed ? text.routeState.met : text.routeState['not-met']
  const share =
    route.deMinimis && route.blocking?.length
      ? [`${route.blocking.join(', ')}: ${route.deMinimis.share} %`]
      : []
  const value =
    route.buildDown === undefined
      ? []
      : [`${route.buildDown} %${route.buildUp ? ` / ${route.buildUp} %` : ''}`]
  const margin =
    route.margin === undefined ? [] : [`(${route.margin.startsWith('-') ? '' : '+'}${route.margin})`]
  const condition = route.condition === null ? [] : [route.condition]
  const aside = route.indicative ? [text.change.orientation] : []
  return [
    route.rule,
    route.void ? text.routeState.void : met,
    [...share, ...value, ...margin, ...condition, ...aside].join(' '),
  ]
}

function table(rows: string[][]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const [first, second] = [width(0), width(1)]
  return rows.map(([one = '', two = '', three = '']) =>
    `${one.padEnd(first)}  ${two.padEnd(second)}  ${three}`.trimEnd(),
  )
}

function stepLine({ rule, cite, passed, detail }: OriginStep): string {
  const mark = passed === null ? '?' : passed ? '+' : '-'
  return `${mark} ${rule} (${cite}): ${detail}`
}
