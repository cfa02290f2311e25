import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.ts'
import { readAnnexSchedule } from '../../../src/rcep/tariff/read-annex-schedule.ts'
import { readJapanTariff } from '../../../src/rcep/tariff/read-japan-tariff.ts'
import { readPublished } from '../../../src/rcep/tariff/read-published.ts'
import { readReference } from '../../../src/reference/load.ts'

type Cell = string | number | null
type Row = Cell[]

const headings: Row = ['HS Code', 'Product', 'Base Rate', 'Year 1', 'Year 2', 'Year 3 and Subsequent Years']
const sound: Row[] = [
  ['Annex I'],
  headings,
  ['01', 'LIVE ANIMALS'],
  ['0101', 'Horses:'],
  ['0101.21.00', '--Pure-bred', 0, 0, 0, 0],
  ['0101.29.00', '--Other', 0.1, 0.084, '5%, and  $12 each', 'U'],
]

function workbook(rows: Row[], format = '0.0%', name = 'Schedule'): Uint8Array {
  const sheet = utils.aoa_to_sheet(rows)
  for (const address of Object.keys(sheet)) {
    const cell = sheet[address]
    if (cell?.t === 'n') cell.z = format
  }
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, name)
  return write(book, { type: 'buffer', bookType: 'xlsx' })
}

/** The sound table with one cell of row 6 (the last) changed. */
const withCell = (column: number, value: Cell) =>
  workbook([...sound.slice(0, 5), (sound[5] ?? []).map((cell, index) => (index === column ? value : cell))])

describe('a schedule of tariff commitments', () => {
  test('is read from the row of headings, whatever stands above it', () => {
    expect(readAnnexSchedule(workbook(sound))).toEqual({
      sheet: 'Schedule',
      years: 3,
      lines: [
        { line: '01012100', base: '0%', steps: [{ year: 1, rate: '0%' }] },
        {
          line: '01012900',
          base: '10%',
          steps: [
            { year: 1, rate: '8.4%' },
            { year: 2, rate: '5%, and $12 each' },
            { year: 3, rate: 'U' },
          ],
        },
      ],
    })
  })

  test.each<[string, Uint8Array, string]>([
    ['a rate nobody can read', withCell(4, 'five'), 'row 6, cell E6: five'],
    ['an empty rate', withCell(4, null), 'row 6, cell E6: empty'],
    ['a code that lost its zero', withCell(0, 1012900), 'row 6, cell A6: 1012900'],
    ['a code that is too short', withCell(0, '0101.29'), 'row 6, cell A6: 0101.29'],
    ['a line given twice', withCell(0, '0101.21.00'), 'row 6, cell A6: 0101.21.00'],
    ['a fraction that may be a percentage', workbook(sound, 'General'), 'row 6, cell C6: 0.1'],
    [
      'a line without rates',
      workbook([...sound, ['0101.30.00', '-Asses']]),
      'row 7, cell C7: empty: expected a rate in every year',
    ],
    ['a heading whose lines are lost', workbook([...sound, ['0102', 'Bovine:']]), 'row 7, cell A7: 0102'],
    ['a year left out', workbook([headings.with(4, 'Year 4'), ...sound.slice(2)]), 'side by side in row 1'],
    [
      'no row of headings',
      workbook(sound.slice(2)),
      'sheet: Schedule: expected a sheet with a row of headings',
    ],
    ['no line at all', workbook(sound.slice(0, 4)), 'sheet: Schedule: expected at least one line'],
    ['no workbook', new TextEncoder().encode('PK\u0003\u0004 broken'), 'file: damaged or no workbook'],
  ])('with %s is refused by name', (_, bytes, message) => {
    expect(() => readAnnexSchedule(bytes)).toThrow(message)
  })
})

test('bytes of any kind are read or refused, never a crash', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(() => readAnnexSchedule(bytes)).toThrow(AppError)
      },
    ),
  )
})

describe('what the user says about a file', () => {
  const { concordance } = readReference()
  const options = {
    name: 'cn.xlsx',
    importer: 'CN',
    partners: 'ASEAN',
    edition: '2012',
    year: '',
    agreement: '',
    from: '',
    to: '',
  }
  const refuse = (changes: Partial<typeof options>, rows: Row[] = sound) =>
    expect(() => readPublished('rcep-schedule', workbook(rows), { ...options, ...changes }, concordance))

  test('makes a pack with dated rates', () => {
    const [content] = readPublished('rcep-schedule', workbook(sound), options, concordance).packs
    expect(content?.pack).toMatchObject({
      id: 'rcep-cn-asean-hs2012',
      importer: 'CN',
      group: 'ASEAN',
      edition: '2012',
    })
    expect(content?.rates.filter(({ line }) => line === '01012900')).toEqual([
      { line: '01012900', base: true, validFrom: '2014-01-01', validTo: '2014-01-01', rate: '10%' },
      { line: '01012900', base: false, validFrom: '2022-01-01', validTo: '2022-12-31', rate: '8.4%' },
      {
        line: '01012900',
        base: false,
        validFrom: '2023-01-01',
        validTo: '2023-12-31',
        rate: '5%, and $12 each',
      },
      { line: '01012900', base: false, validFrom: '2024-01-01', validTo: null, rate: 'U' },
    ])
  })

  test('must fit the importing Party, its schedules and the edition of the lines', () => {
    refuse({ importer: 'US' }).toThrow('importer: US: one of AU, BN')
    refuse({ partners: 'VN' }).toThrow("partners: VN: CN's schedules: ASEAN, AU, JP, KR, NZ")
    refuse({ edition: '2007' }).toThrow('edition: 2007: one of 2012, 2017, 2022')
    refuse({}, [...sound, ['0101.99.00', '-Unknown', 0, 0, 0, 0]]).toThrow(
      'line: 01019900: expected subheadings',
    )
  })
})

describe("Japan's tariff", () => {
  const names =
    'stat_code,suffix,desc_path,基本,暫定,WTO協定,EPA_RCEP_アセアン豪州NZ,EPA_RCEP_中国,EPA_RCEP_韓国'
  const table = (...rows: string[]) => [names, ...rows].join('\n')
  const [parent, child] = ['0207.27,,七面鳥,,,3%,,,', '0207.27,100,七面鳥 > 肝臓,10%,,,無税,,1%']

  test('takes rates from the row above, the lower of national and WTO rate, and no concession from a blank', () => {
    expect(readJapanTariff(table(parent, child))).toEqual([
      { line: '020727100', season: '', mfn: '3%', 'asean-au-nz': '無税', cn: 'U', kr: '1%' },
    ])
  })

  test.each([
    ['0101.21,100,馬,4.2%,,6%,,,', '4.2%'],
    ['0101.21,100,馬,10%,4.2%,(6%),,,', '4.2%'],
    ['0101.21,100,馬,10%,4.2%,,,,', '4.2%'],
    ['0101.21,100,馬,25%,◎無税,21.3%,,,', '21.3%'],
    ['0101.21,100,馬,,31%＋210円/kg,*25.5%＋612円/kg,,,', 'lower of [31%＋210円/kg] and [*25.5%＋612円/kg]'],
  ])('%s is MFN %s', (row, mfn) => {
    expect(readJapanTariff(table(row)).map((line) => line.mfn)).toEqual([mfn])
  })

  test('is refused by row and column', () => {
    expect(() => readJapanTariff(table('0101.21,100,馬,viel,,,,,'))).toThrow('row 2, column 基本: viel')
    expect(() => readJapanTariff(table('0101.21,100,馬,,,,,,'))).toThrow('row 2, column 基本: empty')
    expect(() => readJapanTariff(table(child, child))).toThrow('row 3, column suffix: 100')
    expect(() => readJapanTariff('a,b\n1,2')).toThrow('columns: stat_code')
    expect(() => readJapanTariff(names)).toThrow('no lines')
  })
})
