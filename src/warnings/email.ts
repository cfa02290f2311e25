import { dateIn } from '../clock.ts'
import { reminderAt } from './decide.ts'
import { digestHtml } from './email-html.ts'
import { amountText, measureText, periodText, seriesText } from './format.ts'
import { oneLine } from './markup.ts'
import type { Digest, DigestItem } from './notify.ts'
import type { Measure } from './rule.ts'
import type { ExposedEnterprise } from './schema.ts'
import { type Language, type MailText, mailTexts } from './text.ts'

export interface MailContext {
  /** Address of the service, for the link; without a slash at the end. */
  publicUrl: string
  timeZone: string
}

export interface ComposedMail {
  subject: string
  text: string
  html: string
  /** Every line as CSV where the mail shows only the first; otherwise null. */
  attachment: string | null
}

/** A line of a digest in words, for both bodies. */
export interface DigestLine {
  item: DigestItem
  badge: string
  severity: string
  rule: string
  series: string
  when: string
  notes: string[]
  measures: string[]
  value: string
  base: string
  change: string
  enterprises: { name: string; amounts: string }[]
  moreEnterprises: number
}

/** The digest in the words of both bodies. */
export interface DigestWords {
  text: MailText
  language: Language
  title: string
  summary: string
  open: DigestLine[]
  moreOpen: number
  resolved: DigestLine[]
  moreResolved: number
  ownOnly: boolean
  link: string
  manageLink: string
  silenceLink: string
  attached: boolean
  why: string
  next: string
}

const shownEnterprises = 5

/** Subject, plain text and HTML of a digest in the subscriber's language. */
export function composeDigest(digest: Digest, context: MailContext): ComposedMail {
  const words = wordsOf(digest, context)
  return {
    subject: subjectOf(digest, words),
    text: digestText(words),
    html: digestHtml(words),
    attachment: attachmentOf(digest),
  }
}

function attachmentOf(digest: Digest): string | null {
  if (digest.moreOpen + digest.moreResolved === 0) return null
  const { language } = digest.subscription
  const text = mailTexts[language]
  const rows = digest.all.map((item) => [
    text.reason[item.reason],
    text.severity[item.warning.rule.severity],
    language === 'zh' ? item.warning.rule.nameZh : item.warning.rule.nameEn,
    seriesText(item.warning.labels, language),
    item.warning.period,
    item.warning.value ?? '',
    item.warning.base ?? '',
    item.warning.currency,
    item.warning.change ?? '',
  ])
  // the mark tells spreadsheets that it is UTF-8
  return `\ufeff${[text.columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** Nothing a spreadsheet would run as a formula; a number with its sign is no formula. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function subjectOf({ counts, period, subscription }: Digest, { text }: DigestWords): string {
  const when = periodText(period, subscription.language)
  const what =
    counts.open === 0
      ? text.subjectResolved(when, counts.resolved)
      : text.subject(when, counts.open, counts.fresh)
  return oneLine(`[${text.subjectTag}] ${what}`)
}

function wordsOf(digest: Digest, context: MailContext): DigestWords {
  const { subscription, counts } = digest
  const { language } = subscription
  const text = mailTexts[language]
  const line = (item: DigestItem) => lineOf(item, language)
  const wanted = subscription.severities.map(
    (severity) => text.severity[severity as keyof MailText['severity']],
  )
  const topics = subscription.topics.map((topic) => text.topic[topic as keyof MailText['topic']])
  return {
    text,
    language,
    title: text.title(periodText(digest.period, language)),
    summary: text.summary(counts),
    open: digest.open.map(line),
    moreOpen: digest.moreOpen,
    resolved: digest.resolved.map(line),
    moreResolved: digest.moreResolved,
    ownOnly: subscription.enterpriseId !== null,
    link: `${context.publicUrl}/warnings`,
    manageLink: `${context.publicUrl}/warnings?tab=subscription`,
    silenceLink: `${context.publicUrl}/warnings?tab=silences`,
    attached: digest.moreOpen + digest.moreResolved > 0,
    why: text.why(
      text.sentBecause[digest.reason],
      wanted.join(text.list),
      topics.join(text.list) || text.allTopics,
    ),
    next: text.next(dateIn(context.timeZone, reminderAt(digest.now, subscription.remindAfterDays))),
  }
}

function lineOf(item: DigestItem, language: Language): DigestLine {
  const { warning, exposed } = item
  const text = mailTexts[language]
  const amount = (value: string | null) => amountText(value, warning.currency, language)
  return {
    item,
    badge: text.reason[item.reason],
    severity: text.severity[warning.rule.severity],
    rule: language === 'zh' ? warning.rule.nameZh : warning.rule.nameEn,
    series: seriesText(warning.labels, language),
    when: whenOf(item, language),
    notes: notesOf(item, text),
    measures: warning.measured.map(
      ({ measure, change }) =>
        `${text.measure[measure as Measure]} ${measureText(measure as Measure, change) ?? text.noBase}`,
    ),
    value: amount(warning.value),
    base: amount(warning.base),
    change: measureText((warning.measured[0]?.measure ?? 'yoy') as Measure, warning.change) ?? '-',
    enterprises: exposed.slice(0, shownEnterprises).map((enterprise) => ({
      name: enterprise.name,
      amounts: enterpriseAmounts(enterprise, amount),
    })),
    moreEnterprises: Math.max(0, exposed.length - shownEnterprises),
  }
}

function enterpriseAmounts({ value, base }: ExposedEnterprise, amount: (value: string) => string): string {
  return `${amount(value)} ← ${amount(base)}`
}

function whenOf({ warning }: DigestItem, language: Language): string {
  const text = mailTexts[language]
  const { flow, period, activeSince, firedPeriod, resolvedPeriod, open } = warning
  const parts = [text.flow[flow] ?? flow, periodText(period, language)]
  if (open && activeSince) parts.push(text.since(periodText(activeSince, language)))
  if (!open && firedPeriod && resolvedPeriod) {
    parts.push(text.between(periodText(firedPeriod, language), periodText(resolvedPeriod, language)))
  }
  return parts.join(' · ')
}

function notesOf({ warning, reason, cause }: DigestItem, text: MailText): string[] {
  const notes: string[] = []
  if (warning.state === 'no-data') notes.push(text.noData)
  if (reason === 'revised' && cause === 'rule') notes.push(text.revisedByRule)
  if (reason === 'revised' && cause === 'data' && !warning.open) notes.push(text.withdrawn)
  if (warning.open && warning.acknowledged) notes.push(text.acknowledgedBy(warning.acknowledged.owner))
  return notes
}

function digestText(words: DigestWords): string {
  const { text } = words
  const blocks = [
    words.title,
    words.summary,
    ...sectionText(words, text.sectionOpen, { lines: words.open, more: words.moreOpen }),
    ...sectionText(words, text.sectionResolved, { lines: words.resolved, more: words.moreResolved }),
    `${text.openInService}${text.colon}${words.link}`,
    ...(words.attached ? [text.attached] : []),
    `${words.why}\n${words.next}\n${text.manage}${text.colon}${words.manageLink}\n${text.silence}${text.colon}${words.silenceLink}`,
    `-- \n${text.product}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function sectionText(
  words: DigestWords,
  heading: string,
  { lines, more }: { lines: readonly DigestLine[]; more: number },
): string[] {
  if (lines.length === 0) return []
  const rest = more > 0 ? [words.text.more(more)] : []
  return [`== ${heading} ==`, ...lines.map((line, index) => lineText(words, line, index + 1)), ...rest]
}

function lineText({ text, ownOnly }: DigestWords, line: DigestLine, number: number): string {
  const rows = [
    `${number}. [${line.severity}] [${line.badge}] ${oneLine(line.rule)}`,
    oneLine(line.series),
    [line.when, ...line.notes].join(' · '),
    `${line.value} ← ${line.base}`,
    line.measures.join(text.list),
  ]
  if (line.enterprises.length > 0) {
    rows.push(`${ownOnly ? text.ownAmount : text.exposed}${text.colon}`.trimEnd())
    rows.push(...line.enterprises.map(({ name, amounts }) => `- ${oneLine(name)} ${amounts}`))
    if (line.moreEnterprises > 0) rows.push(`- ${text.otherEnterprises(line.moreEnterprises)}`)
  }
  return rows
    .filter((row) => row !== '')
    .map((row, index) => (index === 0 ? row : `   ${row}`))
    .join('\n')
}
