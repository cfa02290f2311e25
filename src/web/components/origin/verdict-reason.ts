import type { Origin } from '../../api.ts'
import type { Text } from '../../text/zh.ts'

/** Why, in one sentence: the test that is met, or else how far the nearest one is, or what blocks it. */
export function verdictReason(origin: Origin, text: Text): string {
  const { verdict, routes, criterion, missing, steps } = origin
  if (verdict === 'pass') {
    const met = routes.find((route) => route.passed && !route.void && route.criterion === criterion)
    return text.origin.reasons.pass(met?.rule ?? criterion ?? '')
  }
  if (verdict === 'needs-info') return missing[0] ?? text.origin.reasons['needs-info']
  const tests = routes.filter((route) => !route.passed && !route.indicative)
  const short = tests
    .filter((route) => route.margin !== undefined)
    .toSorted((a, b) => Number(b.margin) - Number(a.margin))[0]
  if (short?.margin)
    return text.origin.reasons.fail + text.stop + text.origin.closest(short.rule, short.margin.slice(1))
  const blocked = tests.find((route) => (route.blocking?.length ?? 0) > 0)
  if (blocked?.blocking)
    return text.origin.reasons.fail + text.stop + text.origin.blocked(blocked.rule, blocked.blocking)
  return steps.findLast((step) => step.passed === false)?.detail ?? text.origin.reasons.fail + text.stop
}
