import type { Text } from '../zh.ts'

export const overviewParts: Text['overviewParts'] = {
  topPull: 'Most pull',
  points: (points) => `${points} points`,
  partners: 'Main markets',
  origins: 'Main origins',
  treemap: 'Products (chapters)',
  treemapSpoken: (lines, first, share) =>
    `Treemap of ${lines} chapters, the largest ${first} with ${share}; figures in the structure table`,
  treemapNote: 'Area is the amount; dark for growth, light for a fall, + and − say the direction.',
  explore: 'Drill down',
  movers: 'What pulls up and down (chapters)',
  up: 'Most up',
  down: 'Most down',
  change: (unit) => `Change (${unit})`,
  noneUp: 'Nothing pulls up',
  noneDown: 'Nothing pulls down',
  notComparable: 'The year before is not complete and cannot be compared.',
  freshness: 'State of the data',
  span: 'From and to',
  loadedAt: 'Loaded',
  revised: 'Revised months',
  noRevised: 'none',
  flow: 'Flow',
}
