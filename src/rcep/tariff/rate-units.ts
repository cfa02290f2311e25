/** Units in which specific duties are set, by the names that tables print. Counted goods are all "item". */
const units: Record<string, string> = {
  kg: 'kg',
  kilogram: 'kg',
  千克: 'kg',
  公斤: 'kg',
  キログラム: 'kg',
  'kg tss': 'kg of total soluble solids',
  'kg of tobacco content': 'kg of tobacco',
  mt: 't',
  t: 't',
  tonne: 't',
  吨: 't',
  g: 'g',
  l: 'l',
  litre: 'l',
  liter: 'l',
  升: 'l',
  kl: 'kl',
  ml: 'ml',
  'l of alcohol': 'l of alcohol',
  m2: 'm2',
  平方米: 'm2',
  足: 'pair',
  pair: 'pair',
  双: 'pair',
  item: 'item',
  each: 'item',
  unit: 'item',
  piece: 'item',
  pcs: 'item',
  no: 'item',
  head: 'item',
  stick: 'item',
  頭: 'item',
  本: 'item',
  枚: 'item',
  台: 'item',
  个: 'item',
  件: 'item',
}

/** Multiples of one another, as powers of ten, so that conversion is exact. */
const scales: Record<string, { base: string; exponent: number }> = {
  g: { base: 'kg', exponent: -3 },
  kg: { base: 'kg', exponent: 0 },
  t: { base: 'kg', exponent: 3 },
  ml: { base: 'l', exponent: -3 },
  l: { base: 'l', exponent: 0 },
  kl: { base: 'l', exponent: 3 },
}

/** The units a rate may be set in. */
export const unitNames: readonly string[] = [...new Set(Object.values(units))]

/** The unit a table or a user names, or undefined. */
export function unitOf(name: string): string | undefined {
  const plain = name.normalize('NFKC').trim().toLowerCase().replace(/\*+$/, '')
  if (/^l of alcohol,? calculated on that alcohol content .* exceeds 1\.15$/.test(plain))
    return 'l of alcohol above 1.15 % vol'
  return units[plain] ?? (Object.values(units).includes(plain) ? plain : undefined)
}

/** n such that 1 `from` = 10^n `to`, or null where the units do not measure the same. */
export function powerOfTen(from: string, to: string): number | null {
  if (from === to) return 0
  const [one, other] = [scales[from], scales[to]]
  return one && other && one.base === other.base ? one.exponent - other.exponent : null
}

const currencies: Record<string, string> = {
  A$: 'AUD',
  US$: 'USD',
  NZ$: 'NZD',
  S$: 'SGD',
  B$: 'BND',
  RM: 'MYR',
  RMB: 'CNY',
  元: 'CNY',
  円: 'JPY',
  원: 'KRW',
  '₩': 'KRW',
  '₱': 'PHP',
  '฿': 'THB',
}

/** ISO code of a sign; null for a "$" nobody explained; undefined for what is no currency of a Party. */
export function currencyOf(sign: string, dollar: string | null): string | null | undefined {
  if (sign === '$') return dollar
  return (
    currencies[sign.toUpperCase()] ??
    (partyCurrencies.has(sign.toUpperCase()) ? sign.toUpperCase() : undefined)
  )
}

const partyCurrencies = new Set(
  'AUD BND KHR CNY IDR JPY KRW LAK MYR MMK NZD PHP SGD THB VND USD EUR'.split(' '),
)

const isoCurrencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether a currency is in use by its code of ISO 4217: CNY is, RMB is not. */
export function isCurrency(code: string): boolean {
  return isoCurrencies.has(code)
}

export const currencyAllowed = 'a currency code of three capital letters (ISO 4217), such as USD or CNY'

const dollars: Record<string, string> = { AU: 'AUD', BN: 'BND', NZ: 'NZD', SG: 'SGD' }

/** The currency a Party's own tariff means by "$", or null where it uses another sign. */
export function dollarOf(importer: string): string | null {
  return dollars[importer] ?? null
}
