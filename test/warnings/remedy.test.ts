import { describe, expect, test } from 'vitest'
import { partnerLookup } from '../../src/warnings/remedies/load.ts'
import { readTable } from '../../src/warnings/remedies/read.ts'
import { readRemedies } from '../../src/warnings/remedies/remedy.ts'
import { sharedPath } from '../helpers/shared.ts'

const partners = partnerLookup()
const header = ['imposing', 'affected', 'kind', 'product', 'hs', 'in force', 'withdrawn', 'sunset']

describe('a list of one’s own', () => {
  test('gives cases with subheadings, and the sunset reckoned where it is not stated', () => {
    const rows = [
      header,
      ['美国', '中国', '反倾销', '木制卧室家具', '9403.50.90; 940350, 9403', '2005-01-04', '', ''],
    ]
    expect(readRemedies(rows, partners, '2026-11-23')?.cases).toEqual([
      {
        reference: 'US  木制卧室家具',
        kind: 'anti-dumping',
        imposing: 'US',
        affected: 'CN',
        product: '木制卧室家具',
        initiatedOn: null,
        inForceOn: '2005-01-04',
        sunsetOn: '2030-01-04',
        sunsetStated: false,
        withdrawnOn: null,
        hs6: ['9403', '940350'],
        hsEdition: null,
      },
    ])
  })

  test('a row against several partners is a case against each, commas in their names or not', () => {
    const rows = [header, ['US', 'China, Korea, Republic of, Viet Nam', '', 'x', '7304', '', '', '']]
    expect(readRemedies(rows, partners, '2026-11-23')?.cases.map(({ affected }) => affected)).toEqual([
      'CN',
      'KR',
      'VN',
    ])
  })

  test('a row with a partner nobody knows is named, and the others are used', () => {
    const rows = [header, ['US', 'Atlantis', '', 'x', '7304'], ['US', 'CN', '', 'y', '7304']]
    const read = readRemedies(rows, partners, '2026-11-23')
    expect(read?.rejects).toEqual([{ row: 2, reason: 'affected partner not known: Atlantis' }])
    expect(read?.cases).toHaveLength(1)
  })

  test('a table without these columns is none', () => {
    expect(readRemedies([['a', 'b']], partners, '2026-11-23')).toBeNull()
  })
})

const itip = sharedPath('data/remedies/wto_itip_us_ad_2020-09-10.xlsx')
test.skipIf(itip === null)('the WTO’s download of United States cases is read', async () => {
  const read = readRemedies(await readTable(itip ?? ''), partners, '2026-11-23')
  expect(read?.rejects.map(({ reason }) => reason)).toEqual([
    'affected partner not known: Yugoslavia, Socialist Federal Republic of',
  ])
  const china = read?.cases.filter(({ affected }) => affected === 'CN') ?? []
  expect(china.find(({ product }) => product === 'Potassium Permanganate')).toMatchObject({
    inForceOn: '1984-01-31',
    withdrawnOn: null,
    hs6: ['284161'],
  })
  expect(china.find(({ product }) => product.startsWith('Grieg'))).toMatchObject({
    withdrawnOn: '2010-07-02',
  })
})
