import { describe, expect, test } from 'vitest'
import { parseRule } from '../../src/warnings/rule.ts'
import { comparedTexts, measureText, rollupText } from '../../src/web/components/alerts/measure-text.ts'
import { blankRule, missingField, put } from '../../src/web/components/alerts/rule-draft.ts'
import { daysAfter } from '../../src/web/components/alerts/use-today.ts'
import { explorerAddress } from '../../src/web/components/alerts/why.ts'
import { zh } from '../../src/web/text/zh.ts'

describe('measures in words', () => {
  test('rates are percentages with their sign, shares have none, statistics are figures', () => {
    expect([
      measureText('yoy', '-0.3'),
      measureText('share', '0.25'),
      measureText('robustZ', '-3.7'),
      measureText('hhi', '0.3'),
      measureText('yoy', null),
    ]).toEqual(['−30.0%', '25.0%', '−3.70', '0.30', '—'])
  })

  test('what did not reach its threshold is never shown as having reached it', () => {
    expect(comparedTexts('yoy', '0.2996', '0.3')).toEqual(['+29.96%', '+30.00%'])
    expect(comparedTexts('yoy', '0.5', '0.3')).toEqual(['+50.0%', '+30.0%'])
  })

  test('a breakdown is named by its parts', () => {
    expect(rollupText('partner+hs4', zh)).toBe('国别 × 品目')
  })
})

describe('a rule being written', () => {
  test('begins as one that needs only an id and names', () => {
    const named = { ...blankRule, id: 'exports-fall', name: { zh: '出口下降', en: 'Exports fall' } }
    expect(parseRule(named)).toEqual(named)
  })

  test('text that lacks what the form shows is told by the first field it lacks', () => {
    const { floor: _, ...withoutFloor } = blankRule
    expect([
      missingField(blankRule),
      missingField(withoutFloor),
      missingField({ ...blankRule, conditions: [] }),
      missingField({ ...blankRule, conditions: [{ measure: 'yoy', comparison: 'below', threshold: -0.3 }] }),
      missingField({ ...blankRule, name: 'x' }),
      missingField(null),
    ]).toEqual([null, 'floor', 'conditions', 'conditions.0.threshold', 'name', 'rule'])
  })

  test('an optional field is set or gone, never there without a value', () => {
    expect(put(put(blankRule, 'escalateAfter', 5), 'escalateAfter', undefined)).toStrictEqual(blankRule)
  })
})

describe('links and days', () => {
  const warning = {
    flow: 'export',
    currency: 'USD',
    period: '2026-01/02',
    labels: [
      { name: 'partner', code: 'US', nameZh: null, nameEn: null, chapterZh: null, chapterEn: null },
      { name: 'hs', code: '940360', nameZh: null, nameEn: null, chapterZh: null, chapterEn: null },
    ],
  } as unknown as Parameters<typeof explorerAddress>[0]

  test('the explorer opens with what the warning is about, over the year to its period', () => {
    expect(explorerAddress(warning)).toBe(
      '/explorer?flow=export&currency=USD&by=enterprise&from=2026-01&to=2026-02&partner=US&hs=940360',
    )
  })

  test('days are counted over the end of a year and a leap day', () => {
    expect([daysAfter('2026-12-02', 30), daysAfter('2028-02-28', 1)]).toEqual(['2027-01-01', '2028-02-29'])
  })
})
