import { joined, type Pieces, say } from '../../pieces.ts'
import type { Text } from '../zh.ts'

const flows = { export: 'Exports', import: 'Imports' }
const prepositions = { export: 'to', import: 'from' }

export const brief: Text['brief'] = {
  month: 'Month',
  print: 'Print',
  save: 'Save as Word',
  saving: 'Writing the file',
  notSaved: 'The file could not be written; please try again',
  none: 'There are no data for this month',
  noneNext: 'Choose a month that is loaded, or load it first.',
  title: (month, flow) => `${flow} of the city: brief for ${month}`,
  file: (month, flow) => `${flow} brief ${month}.docx`,
  basis: ({ last, loaded, written }) => `Data to ${last}, loaded on ${loaded}; written on ${written}`,
  numbered: (number, part) => `${number}. ${part}`,
  query: 'query',
  parts: {
    overall: 'Overall',
    markets: 'Main markets',
    products: 'Main products',
    forms: 'Modes of trade and new forms',
    firms: 'Enterprises',
    warnings: 'Warnings',
    notes: 'Definitions and notes',
  },
  between: ' ',
  noFigure: (part) => say`${part}: cannot be computed for this month; see "Definitions and notes".`,
  change: (direction, rate) =>
    direction === 0 ? ['unchanged'] : say`${direction > 0 ? 'up' : 'down'} ${rate}`,
  pull: (direction, points) => say`pulling growth ${direction < 0 ? 'down' : 'up'} by ${points} points`,
  total: (facts) =>
    say`In ${facts.months} the city's trade came to ${facts.total}, ${facts.change.length > 0 ? say`${facts.change} on the year` : ['with no data a year before']}: exports ${facts.exports}${after(', ', facts.exportsChange)}; imports ${facts.imports}${after(', ', facts.importsChange)}; a ${facts.surplus ? 'surplus' : 'deficit'} of ${facts.balance}.`,
  inMonth: ({ month, flow, value, change, rolling }) =>
    say`In ${month} alone ${flow.toLowerCase()} came to ${value}${change.length > 0 ? say`, ${change} on the year` : []}${rolling.length > 0 ? say`; over three months, ${rolling}` : []}.`,
  pace: ({ before, direction, points }) =>
    direction === 0
      ? say`Growth since January is as it was in ${before}.`
      : say`Growth since January is ${points} points ${direction > 0 ? 'faster' : 'slower'} than in ${before}.`,
  twoYears: (change) =>
    say`The same month of last year moved by more than 20%, so the base weighs heavily: over two years the month is ${change} a year.`,
  monthTable: (flow) => `${flow} by month`,
  columns: {
    period: 'Month',
    value: (unit) => `Amount (${unit})`,
    yoy: 'YoY',
    ytd: (unit) => `Since January (${unit})`,
    ytdYoy: 'YoY since January',
    share: 'Share',
    pull: 'Pull (points)',
    inMonth: (month, unit) => `${month} alone (${unit})`,
    monthYoy: 'YoY of the month',
    change: (unit) => `Change (${unit})`,
    before: (unit) => `Year before (${unit})`,
    stage: 'Group',
    firms: 'Enterprises',
    severity: 'Severity',
    subject: 'Subject',
    since: 'Since',
    against: 'Amount and year before',
    owner: 'Owner',
  },
  monthChart: (flow) => `${flow} month by month`,
  pullChart: (of, lines) => `${of}: the ${lines} that pull most up and down (points)`,
  topMarkets: (flow, lines) =>
    say`The ${String(lines.length)} largest ${flow === 'export' ? 'markets' : 'origins'}: ${joined(lines, '; ')}.`,
  market: (line) =>
    say`${flows[line.flow].toLowerCase()} ${prepositions[line.flow]} ${line.name} ${line.value}${after(', ', line.change)}, a share of ${line.share}${after(', ', line.pull)}`,
  topProducts: (lines) =>
    say`The ${String(lines.length)} largest products (chapters): ${joined(lines, '; ')}.`,
  product: (line) =>
    say`${line.name} ${line.value}${after(', ', line.change)}, a share of ${line.share}${after(', ', line.pull)}`,
  rcep: (line) =>
    say`${flows[line.flow]} ${prepositions[line.flow]} the other RCEP members came to ${line.value}${after(', ', line.change)}, ${line.share} of the city's ${flows[line.flow].toLowerCase()}${after(', ', line.pull)}.`,
  groups: (lines) => say`Of these groups, ${joined(lines, '; ')}.`,
  pulls: ({ up, down }) =>
    say`${up.length > 0 ? say`Most pull up: ${joined(up, ', ')}` : ['Nothing pulls up']}${
      down.length > 0 ? say`; most pull down: ${joined(down, ', ')}` : []
    }.`,
  pulled: (name, points) => say`${name} (${points} points)`,
  movers: ({ up, down }) =>
    say`By eight-digit code, ${up.length > 0 ? say`the largest increases are ${joined(up, ', ')}` : ['nothing increased']}${
      down.length > 0 ? say`; the largest decreases ${joined(down, ', ')}` : []
    }.`,
  moved: (name, amount) => say`${name} (${amount})`,
  moverTables: { up: 'Largest increases by product', down: 'Largest decreases by product' },
  form: (line) =>
    say`${line.name} ${line.value}${after(', ', line.change)}, a share of ${line.share}${after(', ', line.pull)}`,
  forms: (lines) => say`${joined(lines, '; ')}.`,
  newForms: ({ value, share }) =>
    say`Cross-border e-commerce and market procurement together came to ${value}, a share of ${share}.`,
  firmCount: ({ flow, months, active, largest, share }) =>
    say`In ${months} ${active} enterprises had ${flow.toLowerCase()}; the ${String(largest)} largest account for ${share}.`,
  firmStages: (lines) => say`Against a year before: ${joined(lines, '; ')}.`,
  firmStage: (name, firms, pull) => say`${name} ${firms}${after(', ', pull)}`,
  stages: {
    'first-time': 'for the first time',
    returned: 'returned',
    growing: 'growing',
    steady: 'unchanged',
    shrinking: 'shrinking',
    exited: 'stopped',
    unnamed: 'not named',
  },
  unnamedFirms: 'The data name no enterprises.',
  firmTable: 'Largest enterprises',
  stageTable: 'Enterprises by change',
  warningCount: ({ last, open, bySeverity, unowned }) =>
    say`With data to ${last}, ${open} warnings are open (${joined(bySeverity, ', ')}); ${unowned} of them nobody has taken on.`,
  severityCount: (severity, warnings) => say`${warnings} ${severity.toLowerCase()}`,
  noWarnings: (last) => `With data to ${last}, no warning is open.`,
  moreWarnings: (rest) => `${rest} more are on the warnings page.`,
  warningTable: 'Open warnings',
  notes: {
    source:
      'Customs statistics, newest version; where an earlier brief differs, this one stands. Every figure opens its query.',
    janFeb:
      'January and February are one period: customs release no January by itself, and Spring Festival moves.',
    revised: (months) => `Revised after loading: ${months.join(', ')}.`,
    notRevised: 'No month of this year or the last was revised after loading.',
    currency:
      'Amounts in dollars and yuan are both as published, never converted; their growth rates may differ.',
    pull: 'Pull is the change of an item in points of the total a year before; the items add up to total growth. Contribution rates are left out where the total hardly moved.',
    unclassified: (share) =>
      say`Residual and confidential codes are ${share}: in the total, not among the products.`,
    refused: (part, allowed) => `${part} could not be computed: ${allowed}.`,
  },
  remarks: {
    'no-comparison': 'The year before is not complete: growth and pull are not computed.',
    'missing-period': 'Some months are not loaded and not in the total.',
    'hs-edition-break':
      'The two years use different editions of the product codes; below chapters there may be breaks.',
    'partners-differ': 'The two years hold different partners; read the comparison with care.',
    'spring-festival': 'Spring Festival fell in different months; read January and February together.',
    'mode-reclassification':
      'Goods in e-commerce and market procurement may only have been declared as general trade before; read the modes together.',
    'forms-not-stated':
      'The source states trade modes only; e-commerce and market procurement are within the other forms.',
    'group-not-loaded': 'The list of Belt and Road partners is not loaded, so there is no figure for them.',
    'overlapping-lines': 'A partner may belong to several groups, so the groups do not add up.',
  },
}

function after(mark: string, pieces: Pieces): Pieces {
  return pieces.length > 0 ? [mark, ...pieces] : []
}
