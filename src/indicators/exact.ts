import { Big } from 'big.js'

/** The sum of exact decimals; 0 for none. */
export function sum(values: Iterable<Big>): Big {
  const all = [...values]
  const places = placesIn(all)
  return fromUnits(
    all.reduce((total, value) => total + unitsOf(value, places), 0n),
    places,
  )
}

/** The most decimal places among values. */
export function placesIn(values: readonly Big[]): number {
  return values.reduce((most, value) => Math.max(most, value.c.length - 1 - value.e), 0)
}

/** A value as a whole number of 10^−places; sums and comparisons of thousands of lines are much faster so. */
export function unitsOf(value: Big, places: number): bigint {
  const scaled = digitsOf(value.c) * powerOfTen(places + value.e + 1 - value.c.length)
  return value.s < 0 ? -scaled : scaled
}

/** Up to fifteen digits fit a double exactly, which is read much faster. */
function digitsOf(digits: readonly number[]): bigint {
  if (digits.length > 15) return BigInt(digits.join(''))
  let number = 0
  for (const digit of digits) number = number * 10 + digit
  return BigInt(number)
}

const powers = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent))

function powerOfTen(exponent: number): bigint {
  return powers[exponent] ?? 10n ** BigInt(exponent)
}

export function fromUnits(units: bigint, places: number): Big {
  return new Big(`${units}e-${places}`)
}

/** A statistic: the quotient of two exact decimals as a double. The denominator must not be 0. */
export function quotient(numerator: Big, denominator: Big): number {
  return Number(numerator.toString()) / Number(denominator.toString())
}

/**
 * Each part divided by a positive `whole`, rounded to `decimals` by largest remainder: the results add up exactly to the rounded
 * quotient of the sum of the parts. Equal remainders are settled by position.
 */
export function apportion(parts: readonly Big[], whole: Big, decimals: number): Big[] {
  const places = placesIn([...parts, whole])
  const units = parts.map((part) => unitsOf(part, places))
  return apportionUnits(units, unitsOf(whole, places), decimals).map((share) => fromUnits(share, decimals))
}

/** The same with all in one unit, which need not be known; the results are in units of 10^−decimals. */
export function apportionUnits(parts: readonly bigint[], whole: bigint, decimals: number): bigint[] {
  const scale = 10n ** BigInt(decimals)
  const scaled = parts.map((part) => part * scale)
  const floors = scaled.map((part) => floorDivide(part, whole))
  const doubled = 2n * scaled.reduce((total, part) => total + part, 0n) + whole
  const target = floorDivide(doubled, 2n * whole)
  const left = Number(target - floors.reduce((total, floor) => total + floor, 0n))
  const remainders = scaled.map((part, index) => part - (floors[index] ?? 0n) * whole)
  const order = [...remainders.keys()].sort(
    (a, b) => compare(remainders[b] ?? 0n, remainders[a] ?? 0n) || a - b,
  )
  for (const index of order.slice(0, left)) floors[index] = (floors[index] ?? 0n) + 1n
  return floors
}

/** One share of a positive whole as decimal text, rounded half up to six decimals. */
export function fraction(part: Big, whole: Big): string {
  return apportion([part], whole, 6)
    .map((share) => share.toFixed(6))
    .join('')
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value % divisor < 0n ? quotient - 1n : quotient
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
