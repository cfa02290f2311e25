/**
 * The sums kept for every slice, by the dimensions after which they are named; queries read these and never the facts.
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
] as const
export type Rollup = (typeof rollups)[number]
