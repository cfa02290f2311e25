import { counted, type MailText } from './text.ts'

export const en: MailText = {
  subject: (period, open, fresh) =>
    `${period}: ${count(open, 'open warning')}${fresh > 0 ? `, ${fresh} new` : ''}`,
  subjectResolved: (period, resolved) => `${period}: all ${count(resolved, 'warning')} resolved`,
  subjectWithdrawn: (period, withdrawn) =>
    `${period}: revised data, ${count(withdrawn, 'warning')} withdrawn`,
  subjectTag: 'Trade warnings',
  product: 'Tradewind trade monitor',
  title: (period) => `Trade warnings, ${period}`,
  summary: ({ open, fresh, worse, revised, resolved }) =>
    `${[
      `${open} open`,
      ...counted([
        [fresh, `${fresh} new`],
        [worse, `${worse} worse`],
        [revised, `${revised} revised`],
        [resolved, `${resolved} resolved`],
      ]),
    ].join(', ')}.`,
  sectionOpen: 'Open warnings',
  sectionResolved: 'Resolved',
  sectionWithdrawn: 'Resolved, or withdrawn by a revision',
  reason: { new: 'New', worse: 'Worse', revised: 'Revised', resolved: 'Resolved', ongoing: 'Ongoing' },
  revisedByRule: 'the rule was changed, and the result with it',
  withdrawn: 'no longer fires on the revised data',
  severity: { critical: 'critical', warning: 'warning', info: 'info' },
  topic: { fall: 'falls', surge: 'surges', friction: 'trade friction', band: 'out of the usual range' },
  measure: {
    yoy: 'value y/y',
    ytdYoy: 'value since January y/y',
    rolling3Yoy: 'three-month value y/y',
    quantityYoy: 'quantity y/y',
    unitValueYoy: 'unit value y/y',
    share: 'share',
    unitValue: 'unit value',
    hhi: 'concentration (HHI)',
    balance: 'balance',
    robustZ: 'distance from its own normal (robust z)',
    cusum: 'accumulated distance (CUSUM)',
    naiveBand: 'distance from the seasonal forecast (in half-widths of the 80% band)',
    smoothedBand: 'distance from the smoothed forecast (in half-widths of the 80% band)',
  },
  flow: { export: 'Exports', import: 'Imports', 're-export': 'Re-exports', 're-import': 'Re-imports' },
  label: {
    partner: 'partner',
    hs: 'product',
    mode: 'trade mode',
    ownership: 'ownership',
    transport: 'transport',
    district: 'district',
    enterprise: 'enterprise',
  },
  all: 'All trade',
  inChapter: (chapter, name) => ` (chapter ${Number(chapter)}, ${name})`,
  since: (period) => `since ${period}`,
  between: (fired, resolved) => `fired ${fired}, resolved ${resolved}`,
  lastYear: 'last year',
  thisYear: 'this year',
  noBase: 'nothing to compare with a year ago',
  noData: 'no data yet for this period',
  withheld: 'fewer than three enterprises: the total is not shown',
  exposed: 'Enterprises (now ← a year ago)',
  otherEnterprises: (others) => `and ${others} more`,
  ownAmount: 'Your enterprise (now ← a year ago)',
  more: (others) => `And ${others} more, in the attached CSV.`,
  attached: 'The attached CSV has all of them.',
  manage: 'Change or end the subscription',
  manageByReply: 'An administrator entered this address; reply to this mail to change what it gets.',
  unsubscribe: {
    link: 'Unsubscribe',
    title: 'End trade warning mails',
    ask: 'No more trade warnings by mail?',
    askFor: (email) => `Once you unsubscribe, no trade warnings are mailed to ${email}.`,
    confirm: 'Unsubscribe',
    done: 'Unsubscribed',
    doneFor: (email) =>
      `No trade warnings are mailed to ${email} any more. To have them again, write to the commerce bureau.`,
    unknown: 'This link is not valid',
    unknownNext:
      'It is incomplete, or the address is on the list of recipients no more. Open the link from the latest mail, or reply to a mail.',
  },
  silence: 'Silence some warnings',
  columns: ['status', 'severity', 'rule', 'series', 'period', 'value', 'base', 'currency', 'change'],
  calendar: {
    publication: (period) => `Customs monthly tables expected: ${period}`,
    publicationNote: 'Published about the 18th of a month, none in February; the yearly timetable decides.',
    sunset: (market, kind, product) => `Trade remedy ends: ${market} ${kind} ${product}`,
    reckoned: 'Reckoned as every fifth year from entry into force; the authority’s notice decides.',
  },
  openInService: 'See all warnings in the service',
  escalation: {
    subject: (warnings) =>
      `${count(warnings, 'warning')} overdue, with nobody on ${warnings === 1 ? 'it' : 'them'}`,
    title: 'Overdue warnings nobody has taken on',
    summary: (warnings) =>
      `The time to take on ${warnings === 1 ? 'this warning' : `these ${warnings} warnings`} has passed. Please name someone to look after ${warnings === 1 ? 'it' : 'them'}.`,
    badge: 'Nobody on it',
    waited: (day, days, allowed) =>
      `fired on ${day}, ${count(days, 'working day')} ago; to be taken on within ${allowed}`,
    takeOn: 'Take this warning on',
    next: 'Next mail: a warning is escalated once each time it fires; this is not repeated.',
  },
  why: (reason, { severities, topics, districts }) =>
    `Why you get this: ${reason}. You subscribed to warnings of severity ${severities} and topic ${topics}${districts ? `, in districts ${districts}` : ''}.`,
  allTopics: 'any',
  sentBecause: {
    first: 'warnings began to fire',
    new: 'new warnings fired',
    'all-resolved': 'all warnings you were told of are resolved',
    worse: 'an open warning got worse',
    revised: 'revised data changed what you were told',
    'some-resolved': 'some warnings are resolved',
    reminder: 'nothing changed, this is the regular reminder',
    escalation: 'nobody has taken these warnings on in time, and you are told of that',
  },
  next: (slot, reminder) =>
    `Next mail: when something changes, ${slot ? `${slot} at the earliest` : 'after new data are imported'}; ${reminder ? `otherwise a reminder from ${reminder}` : 'otherwise none'}.`,
  uncertain: (year) =>
    ` (No holidays of ${year} are entered yet: working days are taken as Monday to Friday.)`,
  acknowledgedBy: (name) => `${name} is looking after it`,
  unit: { wan: { USD: 'USD', CNY: 'CNY' }, yi: { USD: 'USD', CNY: 'CNY' } },
  list: ', ',
  colon: ': ',
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
