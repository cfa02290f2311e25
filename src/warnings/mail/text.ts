import type { Reason } from '../evaluate.ts'
import type { Measure, Severity, Topic } from '../rule.ts'
import type { DigestReason } from './decide.ts'

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
  unsubscribe: {
    link: string
    title: string
    ask: string
    askFor(email: string): string
    confirm: string
    done: string
    doneFor(email: string): string
    unknown: string
    unknownNext: string
  }
  silence: string
  columns: readonly string[]
  calendar: {
    publication(period: string): string
    publicationNote: string
    sunset(market: string, kind: string, product: string): string
    reckoned: string
  }
  openInService: string
  escalation: {
    subject(count: number): string
    title: string
    summary(count: number): string
    badge: string
    waited(day: string, days: number, allowed: number): string
    takeOn: string
    next: string
  }
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

/** The phrases whose number is not zero. */
export function counted(phrases: readonly (readonly [number, string])[]): string[] {
  return phrases.flatMap(([number, phrase]) => (number > 0 ? [phrase] : []))
}
