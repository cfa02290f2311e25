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

/** Decimal places that a decimal text states. */
export function placesOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}

/** A decimal text, without exponent and with at most `places` decimals, as a whole number of 10^−places. */
export function readUnits(text: string, places: number): bigint {
  const own = placesOf(text)
  const digits = own === 0 ? text : text.slice(0, -own - 1) + text.slice(-own)
  const read = digits.length > 15 ? BigInt(digits) : BigInt(Number(digits))
  return own === places ? read : read * powerOfTen(places - own)
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
  const { floors, remainders } = dividedAsNumbers(parts, whole, decimals) ?? divided(parts, whole, decimals)
  const target = floorDivide(2n * total(parts) * powerOfTen(decimals) + whole, 2n * whole)
  const left = Number(target - total(floors))
  for (const index of largest(remainders, left)) floors[index] = (floors[index] ?? 0n) + 1n
  return floors
}

/** The sum of whole numbers of one unit. */
export function total(units: readonly bigint[]): bigint {
  let so = 0n
  for (const value of units) so += value
  return so
}

/** Whole numbers as the nearest doubles. */
export function numbersOf(units: readonly bigint[]): Float64Array {
  const numbers = new Float64Array(units.length)
  for (let index = 0; index < units.length; index++) numbers[index] = Number(units[index])
  return numbers
}

/** Quotients in units of 10^−decimals, rounded down, and what is left of each. */
interface Divided {
  floors: bigint[]
  remainders: readonly bigint[] | Float64Array
}

function divided(parts: readonly bigint[], whole: bigint, decimals: number): Divided {
  const scaled = parts.map((part) => part * powerOfTen(decimals))
  const floors = scaled.map((part) => floorDivide(part, whole))
  return { floors, remainders: scaled.map((part, index) => part - (floors[index] ?? 0n) * whole) }
}

/** The same by long division in numbers that doubles hold exactly, many times as fast; null where they would not. */
function dividedAsNumbers(parts: readonly bigint[], whole: bigint, decimals: number): Divided | null {
  const divisor = Number(whole)
  const remainders = numbersOf(parts)
  const most = remainders.reduce((so, number) => Math.max(so, Math.abs(number)), 0)
  const reach = Math.max(most + divisor, divisor * 10, (most / divisor + 1) * 10 ** decimals)
  if (reach > Number.MAX_SAFE_INTEGER) return null
  const floors: bigint[] = []
  for (let index = 0; index < remainders.length; index++) {
    const number = remainders[index] ?? 0
    let quotient = 0
    let rest = Math.abs(number)
    for (let digit = 0; ; digit++) {
      const rounded = Math.floor(rest / divisor)
      const times = rounded * divisor > rest ? rounded - 1 : rounded // the quotient may round up to a whole number, never down
      quotient += times
      rest -= times * divisor
      if (digit === decimals) break
      quotient *= 10
      rest *= 10
    }
    const below = number < 0 && rest > 0
    remainders[index] = below ? divisor - rest : rest
    floors.push(BigInt(number < 0 ? -quotient - (below ? 1 : 0) : quotient))
  }
  return { floors, remainders }
}

/** The `count`th largest of some numbers, found by halving what it may be among; the least where there are fewer. */
export function nthLargest(numbers: Float64Array, count: number): number | undefined {
  const among = Float64Array.from(numbers)
  const wanted = Math.max(0, among.length - count)
  let from = 0
  let to = among.length - 1
  while (from < to) {
    const [low, high] = parted(among, from, to)
    if (wanted <= low) to = low
    else if (wanted >= high) from = high
    else break
  }
  return among[wanted]
}

/** Puts numbers up to the one in the middle before the others: where those end, and where these begin. */
function parted(among: Float64Array, from: number, to: number): [number, number] {
  const pivot = among[(from + to) >>> 1] ?? 0
  let low = from
  let high = to
  while (low <= high) {
    while ((among[low] ?? 0) < pivot) low += 1
    while ((among[high] ?? 0) > pivot) high -= 1
    if (low > high) break
    const held = among[low] ?? 0
    among[low] = among[high] ?? 0
    among[high] = held
    low += 1
    high -= 1
  }
  return [high, low]
}

/** Positions of the `count` largest remainders; of equal ones the first. */
function largest(remainders: Divided['remainders'], count: number): number[] {
  if (count <= 0) return []
  const least =
    remainders instanceof Float64Array
      ? nthLargest(remainders, count)
      : remainders.toSorted(compare).at(-count)
  if (least === undefined) return []
  const above: number[] = []
  const equal: number[] = []
  for (let index = 0; index < remainders.length; index++) {
    const remainder = remainders[index] ?? 0
    if (remainder > least) above.push(index)
    else if (remainder === least) equal.push(index)
  }
  return [...above, ...equal.slice(0, count - above.length)]
}

/** One share of a positive whole in the same unit as decimal text, rounded half up to six decimals. */
export function fraction(part: bigint, whole: bigint): string {
  return apportionUnits([part], whole, 6)
    .map((share) => fromUnits(share, 6).toFixed(6))
    .join('')
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value % divisor < 0n ? quotient - 1n : quotient
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
