import Big from 'big.js'

export const zero = new Big(0)
/** Kept: a number or text would be read anew at each use. */
export const hundred = new Big(100)

const cut = Big()
cut.DP = 4
const towardsZero = 0
const awayFromZero = 3

/**
 * `part` as a percentage of `whole` (not zero), for display: at most four decimals, never rounded up, no padding
 * ("79.4188", "10"; a shortfall of 0.00001 is "-0.0001"). Decisions compare exact values instead: see `atLeast`.
 */
export function percentOf(part: Big, whole: Big): string {
  cut.RM = part.lt(0) ? awayFromZero : towardsZero
  return new cut(part).times(hundred).div(whole).toFixed()
}

/** The smallest amount with four decimals that is not below `part` x 100 / `percent`. */
export function wholeFor(part: Big, percent: Big): Big {
  cut.RM = awayFromZero
  return new Big(new cut(part).times(hundred).div(percent))
}

/** part / whole >= percent / 100, exactly. */
export function atLeast(part: Big, whole: Big, percent: string): boolean {
  return part.times(hundred).gte(whole.times(percent))
}

/** part / whole <= percent / 100, exactly. */
export function atMost(part: Big, whole: Big, percent: string): boolean {
  return part.times(hundred).lte(whole.times(percent))
}

export function sum(amounts: Iterable<Big>): Big {
  let total = zero
  for (const amount of amounts) total = total === zero ? amount : total.plus(amount)
  return total
}

const hundredth = new Big('0.01')

/** `percent` of an amount, exact. */
export function share(amount: Big, percent: Big | string): Big {
  return amount.times(percent).times(hundredth)
}
