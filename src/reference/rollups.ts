/**
 * The sums kept for every slice, by the dimensions after which they are named; queries read the facts only where none of these serves.
 * A sum over a dimension that no row of the file has (mode in a file without modes) is not kept.
 */
export const rollups = [
  'total',
  'hs2',
  'hs4',
  'hs6',
  'hs8',
  'partner',
  'partner+hs2',
  'partner+hs4',
  'partner+hs6',
  'partner+hs8',
  'mode',
  'mode+hs2',
  'mode+partner',
  'ownership',
  'transport',
  'district',
  'enterprise',
  'enterprise+hs8',
  'enterprise+partner',
  'enterprise+partner+hs8',
] as const
export type Rollup = (typeof rollups)[number]

/**
 * Rollups that may be kept as lists beside another one (see migrations 0012 and 0026), and which that is. A list by partner serves the
 * coarser levels of the product code too. The view trade_sum has all of them, one a row.
 */
export const listedBeside: Readonly<Partial<Record<Rollup, Rollup>>> = {
  hs6: 'hs2',
  hs8: 'hs4',
  'partner+hs4': 'partner+hs2',
  'partner+hs6': 'partner+hs2',
  'partner+hs8': 'partner+hs2',
  'enterprise+hs8': 'enterprise',
  'enterprise+partner+hs8': 'enterprise+partner',
}
