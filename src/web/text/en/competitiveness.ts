import type { Text } from '../zh.ts'

export const competitiveness: Text['competitiveness'] = {
  title: 'Competitiveness',
  year: 'Year',
  answer: ({ year, strong, of, first }) =>
    `Of ${of} products exported in ${year}, ${strong} have a comparative advantage (RCA > 1)` +
    (first ? `, the strongest being ${first}` : ''),
  answerOwn: ({ year, tsc, gl }) =>
    `${year}: trade specialisation TSC ${tsc}, intra-industry trade GL ${gl}; without world data comparative advantage (RCA) is not known`,
  rca: {
    title: 'Revealed comparative advantage',
    needs: 'This needs world data',
    needsNext: (year) =>
      `Load what the main exporting countries exported in ${year} (UN Comtrade or CEPII BACI, six-digit HS, yearly, US dollars). Then this lists the RCA of every product beside its growth.`,
    reason: 'The service says',
    quadrants: 'Advantage and growth: top right strong and growing, bottom right strong and shrinking',
    spoken: (points) =>
      `Scatter of ${points} products, symmetric advantage RSCA across, growth upwards; the figures are in the table`,
    x: 'RSCA (an advantage above 0)',
    y: 'Growth (%)',
    world: (datasets) => `The world is the sum of the loaded countries: ${datasets}`,
    rcep: ({ products, share, parties }) =>
      `The ${products} products with an advantage, those of fewer than 3 firms included, are ${share} of what RCEP members (${parties}) import`,
  },
  own: {
    title: 'Measures from own exports and imports',
    note: 'TSC = (exports − imports) ÷ (exports + imports), 1 is exports only; the nearer GL is to 1, the more trade is within industries, and it rises with coarser products.',
  },
  space: {
    title: 'Product space: complexity and nearness',
    needs: 'This needs product complexities',
    needsNext:
      'An administrator loads published complexities with the command reference import complexity (CSV: product,pci), or a table of countries × products to be solved (CSV: country,product,value). The city is projected on it, never solved alone.',
    reason: 'The service says',
    answer: ({ eci, weighted, coverage }) =>
      `Complexity of the city ${eci} (mean of products with an advantage), weighted by exports ${weighted}, covering ${coverage} of exports`,
    spoken: (points) =>
      `Scatter of ${points} products, density across, complexity upwards, circles by exports; the figures are in the table`,
    x: 'Density (nearness to present advantages)',
    y: 'Complexity PCI',
    strong: 'With advantage',
    weak: 'Without',
    from: (origin, edition) => `Complexities from ${origin} (HS ${edition})`,
  },
  columns: {
    product: 'Product',
    exports: 'Exports',
    imports: 'Imports',
    firms: 'Firms',
    yoy: 'Growth',
    rca: 'RCA',
    rsca: 'RSCA',
    tsc: 'TSC',
    gl: 'GL',
    pci: 'PCI',
    density: 'Density',
  },
  notes: { 'few-firms': 'Fewer than 3 firms, not shown', 'no-trade': 'Cannot be computed' },
  formulas: {
    rca: 'RCA = (own exports of the product ÷ own exports) ÷ (the world’s of the product ÷ the world’s); RSCA = (RCA − 1) ÷ (RCA + 1)',
    tsc: 'TSC = (x − m) ÷ (x + m)',
    gl: 'GL = 1 − |x − m| ÷ (x + m); the total is 1 − Σ|x − m| ÷ Σ(x + m)',
    projection:
      'complexity of the city = mean PCI of products with RCA ≥ 1; density = nearness of present advantages ÷ nearness of all',
  },
}
