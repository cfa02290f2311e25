import type { DigestReason } from './decide.ts'
import type { Reason } from './evaluate.ts'
import type { Measure, Severity, Topic } from './rule.ts'

export type Language = 'zh' | 'en'

/** Every sentence of the digest mails. Functions take what is put in; nothing here is escaped or formatted. */
export interface MailText {
  subject(period: string, open: number, fresh: number): string
  subjectResolved(period: string, resolved: number): string
  subjectWithdrawn(period: string, withdrawn: number): string
  subjectTag: string
  product: string
  title(period: string): string
  summary(counts: { open: number; fresh: number; worse: number; revised: number; resolved: number }): string
  sectionOpen: string
  sectionResolved: string
  sectionWithdrawn: string
  reason: Record<Reason | 'ongoing', string>
  revisedByRule: string
  withdrawn: string
  severity: Record<Severity, string>
  topic: Record<Topic, string>
  measure: Record<Measure, string>
  flow: Record<string, string>
  label: Record<string, string>
  all: string
  inChapter(chapter: string, name: string): string
  since(period: string): string
  between(fired: string, resolved: string): string
  lastYear: string
  thisYear: string
  noBase: string
  noData: string
  withheld: string
  exposed: string
  otherEnterprises(count: number): string
  ownAmount: string
  more(count: number): string
  attached: string
  manage: string
  manageByReply: string
  silence: string
  columns: readonly string[]
  calendar: {
    publication(period: string): string
    publicationNote: string
    sunset(market: string, kind: string, product: string): string
    reckoned: string
  }
  openInService: string
  /** `districts` is empty for all. */
  why(reason: string, wanted: { severities: string; topics: string; districts: string }): string
  allTopics: string
  sentBecause: Record<DigestReason, string>
  /** `slot`: when digests are made next; null when they come with the data. `reminder`: null when nothing is open. */
  next(slot: string | null, reminder: string | null): string
  uncertain(year: string): string
  acknowledgedBy(name: string): string
  unit: { wan: Record<'USD' | 'CNY', string>; yi: Record<'USD' | 'CNY', string> }
  list: string
  colon: string
}

const remedyKinds: Record<string, string> = {
  'anti-dumping': '反倾销',
  countervailing: '反补贴',
  safeguard: '保障措施',
  other: '其他',
}

const zh: MailText = {
  subject: (period, open, fresh) =>
    fresh > 0 ? `${period}：${open} 条预警触发中，新增 ${fresh} 条` : `${period}：${open} 条预警触发中`,
  subjectResolved: (period, resolved) => `${period}：${resolved} 条预警全部解除`,
  subjectWithdrawn: (period, withdrawn) => `${period}：数据修订，${withdrawn} 条预警不再触发`,
  subjectTag: '外贸预警',
  product: 'Tradewind 外贸监测',
  title: (period) => `${period}外贸预警`,
  summary: ({ open, fresh, worse, revised, resolved }) =>
    `${[
      `触发中 ${open} 条`,
      ...counted([
        [fresh, `新增 ${fresh} 条`],
        [worse, `加重 ${worse} 条`],
        [revised, `数据修订 ${revised} 条`],
        [resolved, `解除 ${resolved} 条`],
      ]),
    ].join('，')}。`,
  sectionOpen: '触发中的预警',
  sectionResolved: '已解除的预警',
  sectionWithdrawn: '已解除或因修订撤销的预警',
  reason: { new: '新增', worse: '加重', revised: '修订', resolved: '解除', ongoing: '持续' },
  revisedByRule: '规则已修改，结论随之变化',
  withdrawn: '数据修订后不再触发',
  severity: { critical: '严重', warning: '警告', info: '提示' },
  topic: { fall: '下降', surge: '激增', friction: '贸易摩擦', band: '偏离合理区间' },
  measure: {
    yoy: '金额同比',
    ytdYoy: '累计金额同比',
    rolling3Yoy: '近三个月金额同比',
    quantityYoy: '数量同比',
    unitValueYoy: '单价同比',
    share: '占比',
    unitValue: '单价',
    hhi: '集中度（HHI）',
    balance: '进出平衡度',
    robustZ: '偏离自身常态（稳健 z）',
    cusum: '累积偏离（CUSUM）',
    naiveBand: '偏离预测区间（季节法，80% 区间半宽的倍数）',
    smoothedBand: '偏离预测区间（平滑法，80% 区间半宽的倍数）',
  },
  flow: { export: '出口', import: '进口', 're-export': '复出口', 're-import': '复进口' },
  label: {
    partner: '贸易伙伴',
    hs: '商品',
    mode: '贸易方式',
    ownership: '企业性质',
    transport: '运输方式',
    district: '区县',
    enterprise: '企业',
  },
  all: '全市合计',
  inChapter: (chapter, name) => `（第 ${Number(chapter)} 章 ${name}）`,
  since: (period) => `自${period}起`,
  between: (fired, resolved) => `${fired}触发，${resolved}解除`,
  lastYear: '上年',
  thisYear: '本期',
  noBase: '上年同期无可比数',
  noData: '本期数据未到',
  withheld: '涉及企业不足三家，不列总额',
  exposed: '涉及企业（本期 ← 上年同期）',
  otherEnterprises: (count) => `另有 ${count} 家企业`,
  ownAmount: '本企业（本期 ← 上年同期）',
  more: (count) => `另有 ${count} 条，见附件。`,
  attached: '全部预警见附件（CSV）。',
  manage: '修改或取消订阅',
  manageByReply: '本邮箱由管理员登记；如需修改或取消，请回复本邮件。',
  silence: '暂停某类预警',
  columns: ['状态', '级别', '规则', '对象', '期间', '本期', '上年同期', '币种', '变化'],
  calendar: {
    publication: (period) => `海关统计月报发布（预计）：${period}`,
    publicationNote: '海关总署每月 18 日前后发布统计月报，2 月不发布；以当年公布的时间表为准。',
    sunset: (market, kind, product) => `贸易救济措施到期：${market} ${remedyKinds[kind] ?? kind} ${product}`,
    reckoned: '到期日按生效日每五年推算，以调查机关公告为准。',
  },
  openInService: '在系统中查看全部预警',
  why: (reason, { severities, topics, districts }) =>
    `为什么收到这封邮件：${reason}。您订阅了级别为${severities}、主题为${topics}${districts ? `、地区代码为 ${districts} ` : ''}的预警。`,
  allTopics: '全部',
  sentBecause: {
    first: '有预警开始触发',
    new: '有新的预警触发',
    'all-resolved': '上次通知的预警已全部解除',
    worse: '已触发的预警加重',
    revised: '数据修订改变了已通知的结论',
    'some-resolved': '部分预警解除',
    reminder: '情况没有变化，这是定期提醒',
    escalation: '下列预警到期无人跟进',
  },
  next: (slot, reminder) =>
    `下一封：情况有变化时，${slot ? `最早于${slot} ` : '在新数据导入后'}发送；${reminder ? `没有变化则于${reminder}起提醒` : '没有变化则不再发送'}。`,
  uncertain: (year) => `（${year}年放假安排尚未录入，工作日暂按周一至周五推算。）`,
  acknowledgedBy: (name) => `${name} 已在跟进`,
  unit: { wan: { USD: '万美元', CNY: '万元' }, yi: { USD: '亿美元', CNY: '亿元' } },
  list: '、',
  colon: '：',
}

const en: MailText = {
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
  manageByReply: 'An administrator entered this address; reply to this mail to change or end it.',
  silence: 'Silence some warnings',
  columns: ['status', 'severity', 'rule', 'series', 'period', 'value', 'base', 'currency', 'change'],
  calendar: {
    publication: (period) => `Customs monthly tables expected: ${period}`,
    publicationNote: 'Published about the 18th of a month, none in February; the yearly timetable decides.',
    sunset: (market, kind, product) => `Trade remedy ends: ${market} ${kind} ${product}`,
    reckoned: 'Reckoned as every fifth year from entry into force; the authority’s notice decides.',
  },
  openInService: 'See all warnings in the service',
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
    escalation: 'nobody has taken these warnings on in time',
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

export const mailTexts: Record<Language, MailText> = { zh, en }

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** The phrases whose number is not zero. */
function counted(phrases: readonly (readonly [number, string])[]): string[] {
  return phrases.flatMap(([number, phrase]) => (number > 0 ? [phrase] : []))
}
