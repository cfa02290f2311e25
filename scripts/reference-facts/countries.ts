type Table = readonly (readonly string[])[]

interface Published {
  /** customs code, Chinese name, English name, code used by the customs, rate marker */
  readonly customs: Table
  /** customs code, iso3, iso2, another number, m49, Chinese name, English name; several rows where territories share a customs code */
  readonly iso: Table
  /** number used in international trade data, name, iso2, iso3 */
  readonly baci: Table
}

const englishNames: Readonly<Record<string, string>> = {
  '109': 'North Korea',
  '110': 'Hong Kong, China',
  '119': 'Laos',
  '121': 'Macao, China',
  '128': 'Palestine',
  '133': 'South Korea',
  '135': 'Syria',
  '141': 'Vietnam',
  '143': 'Taiwan, China',
  '199': 'Other Asia',
  '213': 'Congo (Brazzaville)',
  '247': 'Tanzania',
  '252': 'Congo (Kinshasa)',
  '299': 'Other Africa',
  '344': 'Russia',
  '349': 'Serbia and Montenegro',
  '352': 'Czechia',
  '356': 'Vatican',
  '399': 'Other Europe',
  '409': 'Bonaire',
  '418': 'Dominican Republic',
  '436': 'Saba',
  '446': 'British Virgin Islands',
  '449': 'Netherlands Antilles',
  '499': 'Other Latin America',
  '502': 'United States',
  '599': 'Other North America',
  '699': 'Other Oceania',
  '701': 'Unknown country or region',
  '702': 'United Nations and international organisations',
  '801': 'Highest rate of the Parties concerned',
  '802': 'Highest rate of all Parties',
  '999': 'Neutral packing',
}

/** Spellings met in files that neither list has. */
const extraAliases: Readonly<Record<string, readonly string[]>> = {
  '103': ['孟加拉人民共和国'],
  '105': ['Brunei'],
  '106': ['Burma'],
  '110': ['香港', '香港特别行政区', 'Hong Kong', 'China, Hong Kong SAR'],
  '112': ['印尼'],
  '119': ['Lao PDR'],
  '121': ['澳门', '澳门特别行政区', 'Macao', 'Macau', 'China, Macao SAR'],
  '133': ['大韩民国', 'Korea', 'Rep. of Korea', 'Korea, Republic of', 'ROK'],
  '137': ['Türkiye', 'Turkiye'],
  '138': ['阿拉伯联合酋长国', 'UAE'],
  '139': ['也门共和国'],
  '141': ['Viet Nam'],
  '143': ['台湾', '台湾省', '台澎金马关税区', 'Taiwan', 'Chinese Taipei', 'Other Asia, nes'],
  '223': ['Côte d’Ivoire', 'Ivory Coast'],
  '257': ['Eswatini'],
  '303': ['UK', 'Great Britain'],
  '307': ['意大利共和国'],
  '309': ['The Netherlands', 'Holland'],
  '344': ['俄罗斯', '俄联邦'],
  '352': ['捷克共和国'],
  '358': ['塞尔维亚'],
  '359': ['黑山'],
  '502': ['USA', 'United States of America', 'U.S.A.', '美利坚合众国'],
  '601': ['澳洲'],
}

/** The number Comtrade uses for Taiwan, under the name "Other Asia, nes". */
const comtradeNumbers: Readonly<Record<string, string>> = { '143': '490' }

/** Chinese names taken from the customs list where the other list describes something else or is misprinted. */
const customsNamed = new Set(['449', '801', '802'])
const kinds: Readonly<Record<string, string>> = {
  '701': 'unknown',
  '702': 'organisation',
  '801': 'rate-group',
  '802': 'rate-group',
  '999': 'neutral',
}
const regions = ['', 'asia', 'africa', 'europe', 'latin-america', 'north-america', 'oceania']

/** One row a customs code, ascending. */
export function countryRows(published: Published): string[][] {
  const codes = new Set([...published.customs, ...published.iso].map((row) => cell(row, 0)))
  return [...codes].sort().map((code) => countryRow(published, code))
}

function countryRow({ customs, iso, baci }: Published, code: string): string[] {
  const own = customs.find((row) => cell(row, 0) === code)
  const shared = iso.filter((row) => cell(row, 0) === code)
  const main = shared.find((row) => isMain(code, row)) ?? []
  const iso2 = cell(main, 2)
  const iso3 = iso2 === '' ? '' : cell(main, 1)
  const m49 = iso2 === '' ? '' : cell(main, 4).replace(/^0+/, '')
  const international = cell(
    baci.find((row) => cell(row, 3) === iso3 && cell(row, 1).indexOf('(...') < 0) ?? [],
    0,
  )
  const customsName = cell(own ?? [], 1)
  const nameZh = cell(main, 5) === '' || customsNamed.has(code) ? customsName : cell(main, 5)
  const nameEn = englishNames[code] ?? cell(main, 6)
  const others = shared.filter((row) => row !== main).flatMap((row) => [cell(row, 1), cell(row, 2)])
  const aliases = [
    customsName,
    ...[own, main].map((row) => customsCodeOf(row, own)),
    cell(main, 6),
    ...others,
    ...(extraAliases[code] ?? []),
  ]
  return [
    code,
    iso2,
    iso3,
    m49,
    comtradeNumbers[code] ?? (international === m49 || iso3 === '' ? '' : international),
    nameZh.normalize('NFKC').replace('(', '（').replace(')', '）'),
    nameEn,
    kinds[code] ?? (/^[1-6]99$/.test(code) ? 'rest' : 'country'),
    regions[Number(code.charAt(0))] ?? 'other',
    distinct(aliases, [nameZh, nameEn, iso2, iso3]).join('|'),
  ]
}

/** Where territories share a code, the main row is the region's rest or the state itself. */
function isMain(code: string, row: readonly string[]): boolean {
  if (/^[1-6]99$/.test(code) || code === '701') return cell(row, 1).startsWith('Z')
  if (code === '449') return false
  return cell(row, 1) !== 'BVT'
}

/** The three-letter code a list uses: the fourth cell of the customs list, the second of the other. */
function customsCodeOf(row: readonly string[] | undefined, own: readonly string[] | undefined): string {
  if (row === undefined || cell(row, 0) === '499') return ''
  return cell(row, row === own ? 3 : 1)
}

function distinct(candidates: readonly string[], taken: readonly string[]): string[] {
  return [...new Set(candidates)].filter((text) => text !== '' && !taken.includes(text))
}

function cell(row: readonly string[], index: number): string {
  return (row[index] ?? '').trim()
}
