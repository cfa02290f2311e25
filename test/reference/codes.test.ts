import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findByM49, findCountry, membersOn, partnerKey } from '../../src/reference/countries.ts'
import { isUnclassified, normaliseHs, sectionOf, suggestHs } from '../../src/reference/hs.ts'
import { readReference } from '../../src/reference/load.ts'
import {
  districtOf,
  normaliseSupervisionMode,
  normaliseTransportMode,
  ownershipOf,
} from '../../src/reference/modes.ts'
import { findUnit, toBaseUnit } from '../../src/reference/units.ts'

const reference = readReference()

describe('HS codes', () => {
  test.each([
    ['0902.10', '090210'],
    ['0902 10 00', '09021000'],
    ["'09021000", '09021000'],
    ['\t0902100010 ', '0902100010'],
    ['０９０２', '0902'],
    ['61', '61'],
  ])('%j is %s', (text, code) => {
    expect(normaliseHs(text)).toBe(code)
  })

  test.each(['', '9', '902', '9021000', '0001', '5.3E+17', '0902.1a', '090210001012'])(
    '%j is no code',
    (text) => {
      expect(normaliseHs(text)).toBeNull()
    },
  )

  test('a lost leading zero is suggested, never assumed', () => {
    expect([suggestHs('9021000'), suggestHs('902'), suggestHs('61091000')]).toEqual([
      '09021000',
      '0902',
      null,
    ])
  })

  test('a normalised code stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const code = normaliseHs(text)
        expect(code === null ? null : normaliseHs(code)).toBe(code)
      }),
    )
  })

  test('every line of the statistical list is a code of a known chapter and section', () => {
    const chapters = new Map(reference.chapters.map((chapter) => [chapter.code, chapter.section]))
    const lost = reference.lines.filter(
      ({ code }) =>
        normaliseHs(code) !== code ||
        chapters.get(code.slice(0, 2)) !== sectionOf(reference.sections, code)?.code,
    )
    expect(lost).toEqual([])
    expect(reference.lines).toHaveLength(8939)
  })

  test('there are 96 chapters of the nomenclature, without the reserved 77, and two of the statistics', () => {
    expect(reference.chapters).toHaveLength(98)
    expect(sectionOf(reference.sections, '7701')?.code).toBe('XV')
    expect(reference.chapters.some((chapter) => chapter.code === '77')).toBe(false)
  })

  test('no name has lost a character, and every unit is known', () => {
    const units = reference.lines.flatMap((line) => [
      line.unit1,
      ...(line.unit2 === null ? [] : [line.unit2]),
    ])
    expect(reference.lines.filter((line) => /[?？]/.test(line.nameZh))).toEqual([])
    expect(units.filter((name) => findUnit(reference.units, name) === null)).toEqual([])
  })

  test('special and residual goods are told from products', () => {
    expect(['98010090', '99000000', '97011000'].map(isUnclassified)).toEqual([true, true, false])
  })
})

describe('partners', () => {
  const find = (text: string) => findCountry(reference.countries, text)?.code ?? null

  test.each([
    ['502', '502'],
    ['US', '502'],
    ['usa', '502'],
    ['美国', '502'],
    ['United States of America', '502'],
    ['越南', '141'],
    ['Viet Nam', '141'],
    ['香港', '110'],
    ['中国香港', '110'],
    ['台湾省', '143'],
    ['俄罗斯', '344'],
    ['刚果(金)', '252'],
    ['刚果（金）', '252'],
    ['ROM', '328'],
    ['Guam', null],
    ['GUM', '699'],
    ['142', '142'],
    ['701', '701'],
    ['国(地)别不详', '701'],
    ['亚洲其他国家(地区)', '199'],
    ['801', '801'],
    ['', null],
    ['Atlantis', null],
  ])('%j is %s', (text, code) => {
    expect(find(text)).toBe(code)
  })

  test('numbers of international files are read by their own function', () => {
    const codes = [36, '036', '842', '699', '490', 156, 0].map(
      (n) => findByM49(reference.countries, n)?.iso2 ?? null,
    )
    expect(codes).toEqual(['AU', 'AU', 'US', 'IN', 'TW', 'CN', null])
  })

  test('no spelling leads to two partners', () => {
    const clashes = reference.countries.all.flatMap((country) =>
      [country.code, country.iso2, country.iso3, country.nameZh, country.nameEn, ...country.aliases].flatMap(
        (name) =>
          name !== null && find(name) !== country.code ? [`${name}: ${country.code}, ${find(name)}`] : [],
      ),
    )
    expect(clashes).toEqual([])
  })

  test('facts carry ISO2, and the customs code where there is none', () => {
    const keys = ['141', '199', '701'].map((code) => reference.countries.byCode.get(code))
    expect(keys.map((country) => country && partnerKey(country))).toEqual(['VN', '199', '701'])
  })

  test('groups are dated', () => {
    const rcepOn = (date: string) => membersOn(reference.memberships, 'RCEP', date)
    expect(
      [rcepOn('2021-12-31'), rcepOn('2022-01-01'), rcepOn('2023-06-02')].map((list) => list.length),
    ).toEqual([0, 10, 15])
    expect(membersOn(reference.memberships, 'EU', '2020-01-31')).toHaveLength(28)
    expect(membersOn(reference.memberships, 'EU', '2020-02-01')).toHaveLength(27)
    expect(membersOn(reference.memberships, 'ASEAN', '2026-10-31')).toHaveLength(11)
  })
})

describe('modes and enterprise codes', () => {
  test('lost zeros come back where the length allows only one reading', () => {
    expect(['110', '0110', ' 1039', '10', 'abc'].map(normaliseSupervisionMode)).toEqual([
      '0110',
      '0110',
      '1039',
      null,
      null,
    ])
    expect(['w', '2', '22'].map(normaliseTransportMode)).toEqual(['W', '2', null])
  })

  test('an enterprise code tells district and ownership', () => {
    expect([districtOf('3702W6K123'), ownershipOf('3702W6K123'), ownershipOf('37')]).toEqual([
      '3702W',
      '6',
      null,
    ])
  })

  test('every supervision mode points to a known trade mode or to none', () => {
    const known = new Set(reference.tradeModes.map((mode) => mode.code))
    expect(reference.supervisionModes).toHaveLength(104)
    expect(
      reference.supervisionModes.filter(({ tradeMode }) => tradeMode !== null && !known.has(tradeMode)),
    ).toEqual([])
  })
})

describe('units', () => {
  test('spellings and codes lead to the unit', () => {
    expect(
      ['千克', '035', 'KG', '公斤', '㎏', '?', ''].map((text) => findUnit(reference.units, text)?.code),
    ).toEqual(['035', '035', '035', '035', '035', undefined, undefined])
  })

  test('multiples are converted exactly', () => {
    const unit = findUnit(reference.units, '百个')
    expect(unit && toBaseUnit(unit, new Big('3.07'))).toEqual({ unit: '个', quantity: new Big('307') })
  })

  test('every base unit is a unit of its own', () => {
    expect(
      reference.units.all.filter((unit) => findUnit(reference.units, unit.base)?.base !== unit.base),
    ).toEqual([])
  })
})
