import type { Text } from '../zh.ts'

export const change: Text['change'] = {
  title: 'Why it changed',
  all: 'All',
  against: (span, before) => `${span} against ${before}`,
  answer: ({ months, flow, value, yoy, pulls }) =>
    `${flow} of ${months}: ${value}` +
    (yoy === null ? ', no year before to compare with' : `, ${yoy} on the year before`) +
    (pulls.length > 0 ? `: ${pulls.join('; ')}` : ''),
  pulls: {
    product: (name, pull) => `among products, ${name} pulled ${pull} points`,
    partner: (name, pull) => `among markets, ${name} ${pull} points`,
    firm: (name, pull) => `among firms, ${name} ${pull} points`,
  },
  filters: 'Only',
  who: {
    title: 'Who pulled it',
    by: { hs2: 'Products', partner: 'Partners', enterprise: 'Enterprises' },
    of: 'Pull of',
    rest: (lines) => `Other ${lines}`,
    whole: 'Total',
    unit: 'percentage points',
    spoken: (largest, total) =>
      `Waterfall of pulls, largest ${largest}, together ${total} percentage points; the figures are in the table`,
    name: 'Line',
  },
  tree: {
    title: 'Level by level: chapter, product, enterprise',
    before: 'Year before',
    after: 'Now',
    difference: 'Change',
    name: 'Chapter / product / enterprise',
    sum: 'What is below a line adds up to it exactly, and the top level to the change of the total.',
  },
  price: {
    title: 'Price and quantity',
    covered: (share) =>
      `Unit values stand for prices (product × partner × mode × unit); they cover ${share} of the present value.`,
    none: 'No product has a quantity in one unit in both periods, so there is no price index.',
    index: 'Fisher index',
  },
  margins: {
    title: 'Continuing, new and lost',
    note: (months) =>
      `By cell of product × partner × enterprise; what traded in fewer than ${months} months is occasional and no new market.`,
    cells: 'Cells',
  },
  firms: {
    title: 'Who rises, who falls',
    risers: 'Products that rose most',
    fallers: 'Products that fell most',
    firstTime: (count) => `Enterprises with trade for the first time (${count})`,
    silent: (count) => `Enterprises without trade now (${count})`,
    none: 'None',
  },
  cms: {
    title: 'Constant market share: world, product, market, competitiveness',
    of: (years) => `Whole years ${years}; the world is the imports of the loaded countries`,
    needs: 'This needs world data',
    needsNext: (years) =>
      `Load what the main markets imported in ${years} (UN Comtrade or CEPII BACI, six-digit HS, yearly, US dollars). Then this says how much of the change came from world demand, the mix of products, the mix of markets and competitiveness.`,
    reason: 'The service says',
  },
  parts: {
    price: 'Price',
    quantity: 'Quantity',
    uncovered: 'Not covered',
    continuing: 'Continuing (in both periods)',
    entering: 'New',
    exiting: 'Lost',
    occasional: 'Occasional',
    world: 'World demand',
    product: 'Mix of products',
    market: 'Mix of markets',
    competitiveness: 'Competitiveness',
  },
  part: 'Part',
  difference: 'Change',
  formulas: {
    pull: 'pull = (now − year before) ÷ total of the year before × 100, in percentage points; rounded by largest remainder, so that the lines add up to the growth of the total',
    tree: 'each level is an exact difference; pulls are those of the lowest level, added up',
    price:
      'Fisher price index = √(Laspeyres × Paasche); effect of price = Σ½(q₀+q₁)(p₁−p₀), of quantity the rest',
    margins:
      'continuing: cells of both periods; new and lost: of one of them, in enough months; the parts add up to the change exactly',
    cms: 'world demand gX₀, products Σ(gₖ−g)xₖ, markets Σ(gₖⱼ−gₖ)xₖⱼ, competitiveness the rest; base-year weights, product before market',
    movers:
      'products of both periods by their change; first time: none in any loaded period before; without trade now: traded a year before',
  },
  warnings: {
    'half-of-january-february':
      'Only one of January and February: Spring Festival moves, look at both together.',
    'world-data': 'The world is the loaded markets, by the finest level of products that all keep.',
    'unit-values': 'Unit values are not prices: a change of quality within a code shows as price.',
    'no-index': 'No usable quantities: price and quantity cannot be told apart.',
    'fob-against-cif': 'Own exports are FOB, the markets’ imports CIF: growth compares, levels do not.',
    'hs-edition-break': 'The periods use different editions of the codes; some were split or merged.',
    'partners-differ': 'The periods were loaded for different partners; totals do not compare.',
  },
}
