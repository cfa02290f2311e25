import { dateIn } from '../../clock.ts'
import { plainText } from '../../plain-text.ts'
import { amountText, dayText, measureText, periodText, seriesText } from '../format.ts'
import type { Measure } from '../rule.ts'
import type { ExposedEnterprise } from '../schema.ts'
import { reminderAt } from './decide.ts'
import { digestHtml } from './email-html.ts'
import { digestText } from './email-text.ts'
import { oneLine } from './markup.ts'
import type { Digest, DigestItem } from './notify.ts'
import type { Language, MailText } from './text.ts'
import { mailTexts } from './texts.ts'
import { unsubscribeLink } from './unsubscribe.ts'

export interface MailContext {
  /** Address of the service, for the link; without a slash at the end. */
  publicUrl: string
  timeZone: string
  /** When the next mail can come at the earliest; null: with the next data. */
  nextSlot: Date | null
  /** No holidays of that day's year are stated: it may turn out to be one. */
  uncertain: boolean
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
  link: string | null
  /** Where an overdue warning is taken on; null for who cannot, or need not. */
  takeOnLink: string | null
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
  sectionResolved: string
  ownOnly: boolean
  /** Pages the subscriber can open: officers all of them, an enterprise its subscription, an address without account none. */
  link: string | null
  manageLink: string | null
  /** For an address without an account; its token is put in on the wire. */
  unsubscribeLink: string | null
  silenceLink: string | null
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
    badgeOf(item, text),
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
  const safe = /^-?\d+(\.\d+)?$/.test(text) ? text : plainText(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function subjectOf({ counts, period, reason, subscription }: Digest, { text }: DigestWords): string {
  if (reason === 'escalation') return `[${text.subjectTag}] ${text.escalation.subject(counts.open)}`
  const when = periodText(period, subscription.language)
  const what =
    counts.open > 0
      ? text.subject(when, counts.open, counts.fresh)
      : counts.resolved > 0
        ? text.subjectResolved(when, counts.resolved)
        : text.subjectWithdrawn(when, counts.revised)
  return oneLine(`[${text.subjectTag}] ${what}`)
}

function wordsOf(digest: Digest, context: MailContext): DigestWords {
  const { subscription, counts } = digest
  const { language } = subscription
  const text = mailTexts[language]
  const pages = `${context.publicUrl}/warnings`
  const isOfficer = subscription.hasAccount && subscription.enterpriseId === null
  const escalated = digest.reason === 'escalation'
  const line = (item: DigestItem) => {
    const link = isOfficer ? `${pages}/${item.warning.id}` : null
    return { ...lineOf(item, language), link, takeOnLink: item.waited ? link : null }
  }
  const wanted = subscription.severities.map(
    (severity) => text.severity[severity as keyof MailText['severity']],
  )
  const topics = subscription.topics.map((topic) => text.topic[topic as keyof MailText['topic']])
  return {
    text,
    language,
    title: escalated ? text.escalation.title : text.title(periodText(digest.period, language)),
    summary: escalated ? text.escalation.summary(counts.open) : text.summary(counts),
    open: digest.open.map(line),
    moreOpen: digest.moreOpen,
    resolved: digest.resolved.map(line),
    moreResolved: digest.moreResolved,
    sectionResolved: digest.resolved.some(({ reason }) => reason === 'revised')
      ? text.sectionWithdrawn
      : text.sectionResolved,
    ownOnly: subscription.enterpriseId !== null,
    link: isOfficer ? pages : null,
    manageLink: subscription.hasAccount ? `${pages}?tab=subscription` : null,
    unsubscribeLink: subscription.hasAccount ? null : unsubscribeLink(context.publicUrl),
    silenceLink: isOfficer ? `${pages}?tab=silences` : null,
    attached: digest.moreOpen + digest.moreResolved > 0,
    why: text.why(text.sentBecause[digest.reason], {
      severities: wanted.join(text.list),
      topics: topics.join(text.list) || text.allTopics,
      districts: subscription.districts.join(text.list),
    }),
    next: nextText(digest, context),
  }
}

function nextText(
  { now, subscription, counts, reason }: Digest,
  { nextSlot, timeZone, uncertain }: MailContext,
): string {
  const text = mailTexts[subscription.language]
  if (reason === 'escalation') return text.escalation.next
  const day = (instant: Date) => dayText(dateIn(timeZone, instant), subscription.language)
  const slot = nextSlot && `${day(nextSlot)} ${timeIn(timeZone, nextSlot)}`
  const reminder = counts.open > 0 ? day(reminderAt(now, subscription.remindAfterDays)) : null
  const next = text.next(slot, reminder)
  return nextSlot && uncertain ? `${next}${text.uncertain(dateIn(timeZone, nextSlot).slice(0, 4))}` : next
}

function timeIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant)
}

function lineOf(item: DigestItem, language: Language): Omit<DigestLine, 'link' | 'takeOnLink'> {
  const { warning, exposed } = item
  const text = mailTexts[language]
  const amount = (value: string | null) => amountText(value, warning.currency, language)
  return {
    item,
    badge: badgeOf(item, text),
    severity: capitalised(text.severity[warning.rule.severity]),
    rule: language === 'zh' ? warning.rule.nameZh : warning.rule.nameEn,
    series: seriesText(warning.labels, language),
    when: whenOf(item, language),
    notes: notesOf(item, language),
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

function badgeOf({ reason, waited }: DigestItem, text: MailText): string {
  return waited ? text.escalation.badge : text.reason[reason]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
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

function notesOf(item: DigestItem, language: Language): string[] {
  const { warning, reason, cause, withheld, waited } = item
  const text = mailTexts[language]
  const notes: string[] = withheld ? [text.withheld] : []
  if (waited) notes.push(text.escalation.waited(dayText(waited.since, language), waited.days, waited.allowed))
  if (warning.state === 'no-data') notes.push(text.noData)
  if (reason === 'revised' && cause === 'rule') notes.push(text.revisedByRule)
  if (reason === 'revised' && cause === 'data' && !warning.open) notes.push(text.withdrawn)
  if (warning.open && warning.acknowledged) notes.push(text.acknowledgedBy(warning.acknowledged.owner))
  return notes
}
