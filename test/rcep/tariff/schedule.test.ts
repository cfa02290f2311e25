import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parties, rcepYear } from '../../../src/rcep/parties.ts'
import { groupNamed, groupOf, partyGroups } from '../../../src/rcep/tariff/party-groups.ts'
import { formatSteps, parseSteps, rateInYear, stepsOf, yearSpan } from '../../../src/rcep/tariff/schedule.ts'

describe('steps of a schedule', () => {
  test('keep the years in which the rate changes, and the last goes on', () => {
    const steps = stepsOf(['9%', '9%', '8.4%', 'U'])
    expect(formatSteps(steps)).toBe('1=9%|3=8.4%|4=U')
    expect([0, 1, 2, 3, 4, 5, 40].map((year) => rateInYear(steps, year))).toEqual([
      null,
      '9%',
      '9%',
      '8.4%',
      'U',
      'U',
      'U',
    ])
  })

  test('survive being written and read', () => {
    const rate = fc.constantFrom('0%', '5%', 'U', '$1.220/kg', '5%, and $12,000 each')
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 21 }), (yearly) => {
        const steps = parseSteps(formatSteps(stepsOf(yearly)))
        expect('problem' in steps ? [] : yearly.map((_, index) => rateInYear(steps, index + 1))).toEqual(
          yearly,
        )
      }),
    )
  })

  test.each(['', '2=5%', '1=5%|1=4%', '1=5%|0=4%', '1=hello', '5%'])('refuse %j', (text) => {
    expect(parseSteps(text)).toHaveProperty('problem')
  })
})

describe('years of the schedules', () => {
  test('turn on 1 January, in Indonesia, Japan and the Philippines on 1 April', () => {
    expect([1, 2, 5].map((year) => yearSpan('CN', year))).toEqual([
      { from: '2022-01-01', to: '2022-12-31' },
      { from: '2023-01-01', to: '2023-12-31' },
      { from: '2026-01-01', to: '2026-12-31' },
    ])
    expect([1, 2, 6].map((year) => yearSpan('JP', year))).toEqual([
      { from: '2022-01-01', to: '2022-03-31' },
      { from: '2022-04-01', to: '2023-03-31' },
      { from: '2026-04-01', to: '2027-03-31' },
    ])
  })

  test('contain just the days of their number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parties), fc.integer({ min: 1, max: 40 }), (importer, year) => {
        const { from, to } = yearSpan(importer, year)
        expect([rcepYear(importer, from), rcepYear(importer, to)]).toEqual([year, year])
      }),
    )
  })
})

describe('schedules by group of exporting Parties', () => {
  test('every Party serves every other Party with exactly one schedule', () => {
    for (const importer of parties) {
      const served = partyGroups(importer).flatMap((group) => group.parties)
      expect([importer, served.toSorted()]).toEqual([
        importer,
        parties.filter((party) => party !== importer).toSorted(),
      ])
    }
  })

  test('are found by exporting Party and by name', () => {
    expect(groupOf('CN', 'VN')?.name).toBe('ASEAN')
    expect(groupOf('JP', 'NZ')?.name).toBe('ASEAN+AU+NZ')
    expect(groupOf('AU', 'CN')?.name).toBe('ALL')
    expect(groupOf('CN', 'US')).toBeNull()
    expect(groupNamed('JP', 'nz, asean, au')?.name).toBe('ASEAN+AU+NZ')
    expect(groupNamed('CN', 'VN')).toBeNull()
  })
})
