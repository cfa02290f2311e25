import type { AdviceLanguage } from './text.ts'
import type { Advice, CertificateBox, Verdict } from './types.ts'

interface Words {
  best(agreement: string, rate: string): string
  saves(amount: string): string
  condition: Record<Verdict, string>
  notTold: string
  year: string
  heading: Record<
    | 'agreements'
    | 'worth'
    | 'breakEven'
    | 'certificate'
    | 'proofs'
    | 'evidence'
    | 'consignment'
    | 'next'
    | 'steps'
    | 'missing'
    | 'confidence',
    string
  >
  level: Record<Advice['confidence']['level'], string>
  perShipment: string
  perYear: string
  presentValue(years: number, discount: string): string
  fill: string
  toComplete: string
  more(count: number): string
}

const en: Words = {
  best: (agreement, rate) => `best: ${agreement} ${rate}`,
  saves: (amount) => `, saves ${amount}`,
  condition: {
    pass: ', once what is missing is settled',
    'needs-info': ', if the goods originate',
    fail: '',
  },
  notTold: 'best: cannot be told yet',
  year: 'year',
  heading: {
    agreements: 'Agreements',
    worth: 'Worth',
    breakEven: 'Break-even of a change',
    certificate: 'Certificate, box by box',
    proofs: 'Kinds of proof',
    evidence: 'Evidence',
    consignment: 'On the way',
    next: 'Next',
    steps: 'Why',
    missing: 'Missing',
    confidence: 'How sure this is',
  },
  level: {
    high: 'high',
    medium: 'medium: confirm these points',
    low: 'low: not everything that decides is known',
  },
  perShipment: 'this shipment',
  perYear: 'a year',
  presentValue: (years, discount) => `present value of ${years} years at ${discount} %`,
  fill: 'to fill',
  toComplete: 'one of',
  more: (count) => `and ${count} more`,
}

const zh: Words = {
  best: (agreement, rate) => `最优：${agreement} ${rate}`,
  saves: (amount) => `，节省 ${amount}`,
  condition: { pass: '（须先落实所缺各项）', 'needs-info': '（以货物原产为条件）', fail: '' },
  notTold: '最优：尚不能判断',
  year: '第',
  heading: {
    agreements: '各协定比较',
    worth: '价值',
    breakEven: '调整的盈亏平衡',
    certificate: '证书逐栏',
    proofs: '证明种类',
    evidence: '证据',
    consignment: '直接运输',
    next: '下一步',
    steps: '理由',
    missing: '缺少的信息',
    confidence: '可靠程度',
  },
  level: { high: '高', medium: '中：请确认以下各点', low: '低：决定结论的信息不全' },
  perShipment: '本票',
  perYear: '每年',
  presentValue: (years, discount) => `${years} 年现值（折现率 ${discount} %）`,
  fill: '待填',
  toComplete: '可为',
  more: (count) => `等 ${count} 个`,
}

/** The advice for a reader at a terminal: rates and the best first, then why, the proof, what to do, what is missing. */
export function adviceReport(advice: Advice, language: AdviceLanguage): string {
  const words = language === 'zh' ? zh : en
  const { product, certificate, ...rest } = advice
  const section = (title: string, lines: string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
  const asked = certificate.needed !== false
  return [
    `${product.hs} (HS ${product.edition}), ${rest.from} → ${rest.to}, ${rest.on}: ${rest.verdict}`,
    ...rateLines(advice, words),
    ...section(words.heading.agreements, agreementLines(advice)),
    ...section(words.heading.worth, worthLines(advice, words)),
    ...section(
      words.heading.breakEven,
      rest.breakEven.map(({ text, rule }) => `${rule}: ${text}`),
    ),
    ...section(
      words.heading.steps,
      rest.steps.map(({ passed, detail, cite }) => `${mark(passed)} ${detail} [${cite}]`),
    ),
    ...section(words.heading.certificate, asked ? certificate.boxes.map((box) => boxLine(box, words)) : []),
    ...section(
      words.heading.proofs,
      asked ? certificate.proofs.map(({ possible, text }) => `${mark(possible)} ${text}`) : [],
    ),
    ...section(words.heading.evidence, asked ? certificate.evidence : []),
    ...section(
      words.heading.consignment,
      rest.consignment.map(({ text, cite }) => `${text} [${cite}]`),
    ),
    ...section(
      words.heading.next,
      rest.nextSteps.map(({ by, text }) => `${(by ?? '').padEnd(10)}  ${text}`),
    ),
    ...section(
      words.heading.missing,
      rest.missing.map(({ text }) => text),
    ),
    ...section(words.heading.confidence, [
      words.level[rest.confidence.level],
      ...rest.confidence.reasons.map(({ text }) => text),
    ]),
    '',
    `${rest.notLegalAdvice} (${rest.trace})`,
    '',
  ].join('\n')
}

function rateLines(advice: Advice, words: Words): string[] {
  const { best, rates, base, byYear, verdict } = advice
  const bases = base.map((one) => ({ ...one, agreement: `base ${one.on.slice(0, 4)}` }))
  const bestLine = best
    ? `${words.best(best.agreement, best.rate)}${best.saving ? words.saves(best.saving) : ''}${best.conditional ? words.condition[verdict] : ''}`
    : words.notTold
  return [
    ...[...rates, ...bases].map(
      ({ agreement, rate, duty, lines }) =>
        `  ${agreement.padEnd(10)} ${rate.replaceAll('\n', ' ').padEnd(12)} ${duty ?? '-'}  ${listed(lines, words)}`,
    ),
    bestLine,
    ...byYear.map(
      ({ year, from, rates: yearly, best: lowest, saving }) =>
        `  ${words.year} ${String(year).padStart(2)}  ${from}  RCEP ${yearly.RCEP ?? '-'}, MFN ${yearly.MFN ?? '-'}${lowest ? ` (${lowest})` : ''}${saving ? `  ${saving}` : ''}`,
    ),
  ]
}

function agreementLines({ agreements }: Advice): string[] {
  return agreements.length < 2
    ? []
    : agreements.map(({ agreement, verdict, rate, rule, codes, missing }) => {
        const facts = [rule?.text, codes.length > 0 ? `[${codes.join(' + ')}]` : null].filter(Boolean)
        const open = verdict === 'needs-info' ? `: ${missing.join('; ')}` : ''
        return `${agreement.padEnd(8)} ${verdict.padEnd(10)} ${(rate ?? '-').padEnd(8)} ${facts.join(' ')}${open}`
      })
}

function worthLines({ saving }: Advice, words: Words): string[] {
  const { reason, perShipment, perYear, presentValue } = saving
  return [
    reason,
    ...(perShipment ? [`${words.perShipment}: ${perShipment.amount} ${perShipment.currency}`] : []),
    ...(perYear
      ? [
          `${words.perYear}: ${perYear.amount} / ${perYear.value} ${perYear.currency}${perYear.from ? ` (${perYear.from} – ${perYear.to})` : ''}`,
        ]
      : []),
    ...(presentValue
      ? [`${words.presentValue(presentValue.years, presentValue.discount)}: ${presentValue.amount}`]
      : []),
  ]
}

function boxLine({ box, title, content, options, rule }: CertificateBox, words: Words): string {
  const possible =
    options.length > 0 ? `${words.toComplete} ${options.join(' | ')}` : `${words.fill} (${rule})`
  return `${String(box).padStart(2)}  ${title}: ${content ?? possible}`
}

function listed(lines: readonly string[], words: Words): string {
  return lines.length > 6 ? `${lines.slice(0, 6).join(' ')} ${words.more(lines.length - 6)}` : lines.join(' ')
}

function mark(passed: boolean | null): string {
  if (passed === null) return '?'
  return passed ? '+' : '-'
}
