import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import {
  buildConcordance,
  concordanceRows,
  type HsEdition,
  hsEditions,
  mapCode,
} from '../../src/reference/concordance.ts'
import { readReference } from '../../src/reference/load.ts'
import { sharedPath } from '../helpers/shared.ts'

const { concordance } = readReference()
const codesOf = (edition: HsEdition) => [...(concordance.codes.get(edition) ?? [])]
const pairs = hsEditions.flatMap((from) =>
  hsEditions.filter((to) => to !== from).map((to): [HsEdition, HsEdition] => [from, to]),
)

describe('the shipped concordance', () => {
  test('holds the six-digit codes of three editions', () => {
    expect(hsEditions.map((edition) => codesOf(edition).length)).toEqual([5206, 5388, 5613])
  })

  test.each(pairs)(
    'covers every code of %s towards %s, except the one deleted without a successor',
    (from, to) => {
      const known = concordance.codes.get(to)
      const unmapped = codesOf(from).filter(
        (code) => mapCode(concordance, code, from, to).candidates.length === 0,
      )
      const foreign = codesOf(from).flatMap((code) =>
        mapCode(concordance, code, from, to).candidates.filter((candidate) => !known?.has(candidate)),
      )
      expect(unmapped).toEqual(from === '2017' && to === '2022' ? ['300219'] : [])
      expect(foreign).toEqual([])
    },
  )

  test.each(pairs)('reads the same forwards (%s) and backwards (%s)', (from, to) => {
    const broken = codesOf(from).flatMap((code) =>
      mapCode(concordance, code, from, to).candidates.filter(
        (candidate) => !mapCode(concordance, candidate, to, from).candidates.includes(code),
      ),
    )
    expect(broken).toEqual([])
  })

  test('an unchanged code is itself, a split has several candidates', () => {
    expect(mapCode(concordance, '090210', '2022', '2012')).toEqual({ candidates: ['090210'], quality: '1:1' })
    expect(mapCode(concordance, '85171300', '2022', '2017')).toEqual({
      candidates: ['851712'],
      quality: 'n:1',
    })
    expect(mapCode(concordance, '080290', '2017', '2022')).toEqual({
      candidates: ['080291', '080292', '080299'],
      quality: '1:n',
    })
  })

  test('a code that the edition does not have maps to nothing', () => {
    expect(mapCode(concordance, '851713', '2017', '2022')).toEqual({ candidates: [], quality: 'none' })
  })

  const workbook = sharedPath('data/concordance/HS2022toHS2017ConversionAndCorrelationTables.xlsx')
  test.skipIf(workbook === null)('agrees pair by pair with the published correlation 2022 to 2017', () => {
    const book = read(readFileSync(workbook ?? ''))
    const sheet = book.Sheets['HS2022-HS2017 Correlations'] ?? {}
    const published = utils
      .sheet_to_json<string[]>(sheet, { header: 1, raw: false })
      .flatMap(([from = '', to = '']) => (/^\d{6}$/.test(from) ? [`${from} ${to}`] : []))
    const ours = codesOf('2022').flatMap((code) =>
      mapCode(concordance, code, '2022', '2017').candidates.map((candidate) => `${code} ${candidate}`),
    )
    expect(ours.sort()).toEqual(published.sort())
  })
})

test('quality is read in the direction of the mapping', () => {
  const rows = concordanceRows('2022', '2017', [
    ['100001', '200001'],
    ['100002', '200001'],
    ['100003', '200003'],
    ['100003', '200004'],
  ])
  const own = buildConcordance(
    new Map([
      ['2022', new Set(['100001', '100002', '100003'])],
      ['2017', new Set(['200001', '200003', '200004'])],
    ]),
    rows,
  )
  expect(rows.map((row) => row.quality)).toEqual(['n:1', 'n:1', '1:n', '1:n'])
  expect(mapCode(own, '100001', '2022', '2017').quality).toBe('n:1')
  expect(mapCode(own, '200001', '2017', '2022')).toEqual({ candidates: ['100001', '100002'], quality: '1:n' })
  expect(mapCode(own, '200004', '2017', '2022')).toEqual({ candidates: ['100003'], quality: 'n:1' })
})
