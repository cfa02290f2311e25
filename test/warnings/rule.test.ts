import { expect, test } from 'vitest'
import { defaultRules } from '../../src/warnings/load.ts'
import { parseRule, ruleHash } from '../../src/warnings/rule.ts'
import { ruleWith } from './rules.ts'

test('the shipped rules are valid and have ids of their own', () => {
  const ids = defaultRules().map(({ id }) => id)
  expect(ids.length).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  [
    'a threshold that is no decimal',
    { conditions: [{ measure: 'yoy', comparison: 'below', threshold: '-30%' }] },
    /^conditions\.0\.threshold: "-30%"/,
  ],
  [
    'an unknown measure',
    { conditions: [{ measure: 'mom', comparison: 'below', threshold: '0' }] },
    /^conditions\.0\.measure: "mom"/,
  ],
  ['a field that does not exist', { floors: 1 }, /^floors: 1: no such field here/],
  ['for: 0', { for: 0 }, /^for: 0: /],
  ['an unknown breakdown', { selector: { ...ruleWith().selector, by: 'hs5' } }, /^selector\.by: "hs5"/],
  [
    'an HS filter on a breakdown without HS',
    { selector: { ...ruleWith().selector, hs: ['94'] } },
    /^selector\.hs: 94: only with/,
  ],
  [
    'a partner filter on a breakdown without partner',
    { selector: { ...ruleWith().selector, by: 'hs2', partner: ['US'] } },
    /^selector\.partner: US: only with/,
  ],
])('%s is refused by name', (_name, changes, message) => {
  expect(() => parseRule({ ...ruleWith(), ...changes })).toThrow(message)
})

test('the hash is of what decides: names, severity and the order of keys do not matter', () => {
  const rule = ruleWith()
  const reordered = JSON.parse(
    JSON.stringify({ ...rule, selector: Object.fromEntries(Object.entries(rule.selector).reverse()) }),
  )
  expect(ruleHash({ ...reordered, name: { zh: '改名', en: 'Renamed' }, severity: 'info' })).toBe(
    ruleHash(rule),
  )
  expect(ruleHash({ ...rule, for: 2 })).not.toBe(ruleHash(rule))
})
