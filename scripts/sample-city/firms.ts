import { type Industry, industries } from './products.ts'
import { type Random, randomFor } from './random.ts'

export interface Firm {
  /** Ten characters: district, ownership, running number. */
  readonly code: string
  readonly name: string
  readonly industry: Industry
  readonly district: { readonly code: string; readonly name: string }
  /** Relative size within its industry. */
  readonly weight: number
}

/** Districts of a province that does not exist. */
const districts: readonly (readonly [{ code: string; name: string }, number])[] = [
  [{ code: '99012', name: '青杉经开区（样本）' }, 26],
  [{ code: '99013', name: '青杉高新区（样本）' }, 20],
  [{ code: '99016', name: '青杉综保区（样本）' }, 6],
  [{ code: '99019', name: '青杉城区（样本）' }, 18],
  [{ code: '99029', name: '云溪县（样本）' }, 12],
  [{ code: '99039', name: '松桥县（样本）' }, 10],
  [{ code: '99049', name: '禾阳县（样本）' }, 8],
]

const ownerships: readonly (readonly [string, number])[] = [
  ['6', 72],
  ['4', 11],
  ['3', 9],
  ['1', 4],
  ['2', 2],
  ['5', 2],
]

const firstSyllables = [...'恒瑞锦丰泰华盛远德嘉润汇宏诚翠凌安启旭和']
const secondSyllables = [...'达源禾林晟泽通邦茂原峰越康辰景川霖柏宁舟']

/** The city's firms; the same seed gives the same firms. */
export function makeFirms(seed: number): Firm[] {
  const random = randomFor(seed, 'firms')
  const names = shuffled(
    random,
    firstSyllables.flatMap((first) => secondSyllables.map((second) => first + second)),
  )
  return industries.flatMap((industry, place) =>
    Array.from({ length: industry.firms }, (_, rank) => makeFirm(random, names, industry, place * 30 + rank)),
  )
}

function makeFirm(random: Random, names: readonly string[], industry: Industry, number: number): Firm {
  const district = random.pick(districts)
  const rank = number % 30
  return {
    code: `${district.code}${random.pick(ownerships)}${String(number + 101).padStart(4, '0')}`,
    name: `青杉${names[number] ?? ''}${industry.suffix}有限公司（样本）`,
    industry,
    district,
    weight: random.between(0.7, 1.3) / (rank + 1) ** 0.85,
  }
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item): [number, Item] => [random.next(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}
