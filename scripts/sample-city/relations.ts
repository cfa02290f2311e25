import type { Firm } from './firms.ts'
import { type Industry, type ProductGroup, purchases } from './products.ts'
import { type Random, randomFor } from './random.ts'

export type Flow = 'export' | 'import'

/** A firm's trade in one product with one partner under one mode; what happens in a month follows from it. */
export interface Relation {
  readonly id: string
  readonly flow: Flow
  readonly firm: Firm
  readonly product: string
  readonly prices: ProductGroup
  /** ISO2 or customs code. */
  readonly partner: string
  readonly supervisionMode: string
  readonly transport: string
  /** Expected US dollars in an ordinary month of the first year. */
  readonly usdPerMonth: number
  /** How likely anything is shipped in a month. */
  readonly likelihood: number
  readonly growthPerYear: number
  readonly noise: number
  readonly season: readonly number[]
}

const exportUsdPerMonth = 105_000_000
const importUsdPerMonth = 28_000_000

const overland: Readonly<Record<string, string>> = {
  VN: '4',
  LA: '4',
  MM: '4',
  KZ: '3',
  UZ: '3',
  KG: '4',
  RU: '3',
  HK: '4',
  MO: '4',
}

/** Everything the firms usually sell and buy. */
export function makeRelations(seed: number, firms: readonly Firm[]): Relation[] {
  return firms.flatMap((firm) => [...exportsOf(seed, firm, firms), ...importsOf(seed, firm, firms)])
}

function exportsOf(seed: number, firm: Firm, firms: readonly Firm[]): Relation[] {
  const { industry } = firm
  const usd = (exportUsdPerMonth * industry.share * firm.weight) / weightOf(firms, industry.name)
  return spread(randomFor(seed, `export ${firm.code}`), { flow: 'export', firm, industry, usd, cells: 3.2 })
}

function importsOf(seed: number, firm: Firm, firms: readonly Firm[]): Relation[] {
  const bought = purchases.find((purchase) => purchase.name === firm.industry.name)
  const random = randomFor(seed, `import ${firm.code}`)
  if (!bought || random.next() > 0.75) return []
  const usd = (importUsdPerMonth * bought.share * firm.weight) / weightOf(firms, bought.name) / 0.75
  return spread(random, { flow: 'import', firm, industry: bought, usd, cells: 0.9 })
}

interface Trade {
  readonly flow: Flow
  readonly firm: Firm
  readonly industry: Industry
  readonly usd: number
  /** Scales how many relations a firm has. */
  readonly cells: number
}

/** Splits a firm's monthly value over products and partners, the first of each the largest. */
function spread(random: Random, trade: Trade): Relation[] {
  const count = Math.max(
    1,
    Math.round(trade.cells * (1 + 7 * Math.min(1.2, trade.firm.weight)) * random.between(0.7, 1.2)),
  )
  const markets = parseMarkets(trade.industry.markets)
  const range = productsOf(random, trade.industry, trade.flow === 'export' ? 7 : 3)
  const shares = Array.from({ length: count }, () => Math.exp(1.1 * random.normal()))
  const total = shares.reduce((sum, share) => sum + share, 0)
  const relations = shares.map((share) => {
    const [product, prices] = random.pick(range)
    return makeRelation(random, trade, {
      product,
      prices,
      partner: random.pick(markets),
      usd: (trade.usd * share) / total,
    })
  })
  return [...new Map(relations.map((relation) => [relation.id, relation])).values()]
}

interface Cell {
  readonly product: string
  readonly prices: ProductGroup
  readonly partner: string
  readonly usd: number
}

function makeRelation(random: Random, { flow, firm, industry }: Trade, cell: Cell): Relation {
  const supervisionMode = modeOf(random, flow, industry.name, cell)
  return {
    id: `${flow} ${firm.code} ${cell.product} ${cell.partner}`,
    flow,
    firm,
    product: cell.product,
    prices: cell.prices,
    partner: cell.partner,
    supervisionMode,
    transport: transportOf(random, industry.name, cell.partner),
    usdPerMonth: cell.usd,
    likelihood: Math.min(0.97, Math.max(0.12, 0.3 * Math.log10(cell.usd / 900))),
    growthPerYear: industry.growthPerYear + 0.06 * random.normal() + (isRcep(cell.partner) ? 0.025 : 0),
    noise: industry.noise * random.between(0.7, 1.4),
    season: industry.season,
  }
}

function modeOf(random: Random, flow: Flow, industry: string, cell: Cell): string {
  const processed = industry === 'electronics' || industry === 'garments'
  if (cell.partner === '142') return processed ? '0615' : '0110'
  if (flow === 'import')
    return random.pick([
      ['0110', 80],
      ['0615', processed ? 25 : 2],
      ['0214', processed ? 8 : 0],
    ])
  if (cell.product === '99000000') return '9710'
  const small = industry === 'household' || industry === 'garments' || industry === 'wood'
  return random.pick([
    ['0110', 82],
    ['0615', processed ? 14 : 1],
    ['0214', processed ? 4 : 0],
    ['1039', small ? 9 : 0],
    ['9710', small ? 5 : 1],
    ['9810', small && cell.partner === 'US' ? 6 : 0],
    ['4019', cell.partner === 'VN' || cell.partner === 'MM' ? 5 : 0],
  ])
}

function transportOf(random: Random, industry: string, partner: string): string {
  if (industry === 'electronics' && random.next() < 0.3) return '5'
  const land = overland[partner]
  if (land !== undefined && random.next() < 0.8) return land
  return ['DE', 'PL', 'HU'].includes(partner) && random.next() < 0.35 ? '3' : '2'
}

function productsOf(
  random: Random,
  industry: Industry,
  most: number,
): (readonly [[string, ProductGroup], number])[] {
  const lines = industry.products.flatMap((prices) =>
    prices.codes.map((code): [string, ProductGroup] => [code, prices]),
  )
  const chosen = lines
    .map((line): [number, [string, ProductGroup]] => [random.next(), line])
    .sort(([a], [b]) => a - b)
    .slice(0, Math.round(random.between(2, most)))
  return chosen.map(([, line], place) => [line, 1 / (place + 1)])
}

function parseMarkets(text: string): [string, number][] {
  return text.split(' ').map((entry) => {
    const [partner = '', weight = ''] = entry.split(':')
    return [partner, Number(weight)]
  })
}

function weightOf(firms: readonly Firm[], industry: string): number {
  return firms.filter((firm) => firm.industry.name === industry).reduce((sum, firm) => sum + firm.weight, 0)
}

function isRcep(partner: string): boolean {
  return 'AU BN ID JP KH KR LA MM MY NZ PH SG TH VN'.split(' ').includes(partner)
}
