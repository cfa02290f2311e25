import { expect, test } from 'vitest'
import { readGroups } from '../../src/reference/groups.ts'
import { readReference } from '../../src/reference/load.ts'

const { countries } = readReference()
const file = { origin: 'list.csv', sha256: '0' }
const header = 'group,member,from,to\n'

test('members are named by code or name, and days say how long they belong', () => {
  const text = `${header}BRI,哈萨克斯坦,2015-12-14,\nBRI,ITA,2019-03-23,2024-03-22\nOWN,DE,2020-01-01,\n`
  expect(readGroups(text, file, countries)).toEqual([
    {
      ...file,
      group: 'BRI',
      members: [
        { group: 'BRI', member: 'KZ', from: '2015-12-14', to: null },
        { group: 'BRI', member: 'IT', from: '2019-03-23', to: '2024-03-22' },
      ],
    },
    { ...file, group: 'OWN', members: [{ group: 'OWN', member: 'DE', from: '2020-01-01', to: null }] },
  ])
})

test.each([
  ['group,member,from\n', 'columns: to: a header group,member,from,to'],
  [header, 'file: list.csv: at least one membership under the header'],
  [`${header}BRI,Atlantis,2015-12-14,\n`, 'row 1, member: Atlantis: a country by ISO code or name'],
  [`${header}bri,KZ,2015-12-14,\n`, 'row 1, group: bri: two to eight capital letters or digits'],
  [`${header}BRI,KZ,2015-02-30,\n`, 'row 1, from: 2015-02-30: a day YYYY-MM-DD'],
  [
    `${header}BRI,KZ,2015-12-14,2014-01-01\n`,
    'row 1, to: 2014-01-01: empty, or a day YYYY-MM-DD not before from',
  ],
])('%j is refused by row and column', (text, message) => {
  expect(() => readGroups(text, file, countries)).toThrow(message)
})
