import { Type } from 'typebox'
import { DecimalText, envelope, strict } from '../http/schema.ts'
import { noThresholds } from './backtest.ts'
import { Rule, severities, topics } from './rule.ts'
import { states } from './state.ts'

export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const optionalText = nullable(Type.String())
const optionalDecimal = nullable(DecimalText)
export const Instant = Type.String({ description: 'ISO 8601 instant' })
export const PeriodText = Type.String({
  description: 'YYYY-MM, or YYYY-01/02 for the merged first two months',
})

const Label = Type.Object({
  name: Type.String({ description: 'partner, hs, mode, ownership, transport, district or enterprise' }),
  code: Type.String(),
  nameZh: optionalText,
  nameEn: optionalText,
  chapterZh: nullable(Type.String({ description: 'the chapter of an HS code that has no name of its own' })),
  chapterEn: optionalText,
})
export type Label = Type.Static<typeof Label>

const Measured = Type.Object({
  measure: Type.String(),
  current: optionalDecimal,
  base: optionalDecimal,
  change: nullable(Type.String({ description: 'a fraction cut at six places: -0.3 is a fall of 30 %' })),
})

/** A rule's state for one series, as lists, mails and the web show it. */
export const Warning = Type.Object({
  id: Type.Integer(),
  rule: Type.Object({
    id: Type.String(),
    nameZh: Type.String(),
    nameEn: Type.String(),
    topic: Type.Enum([...topics]),
    severity: Type.Enum([...severities]),
  }),
  flow: Type.String(),
  currency: Type.Enum(['USD', 'CNY']),
  labels: Type.Array(Label),
  state: Type.Enum([...states]),
  open: Type.Boolean({ description: 'firing, or firing when the data stopped' }),
  period: PeriodText,
  activeSince: nullable(PeriodText),
  firedPeriod: nullable(PeriodText),
  resolvedPeriod: nullable(PeriodText),
  value: optionalDecimal,
  base: optionalDecimal,
  change: optionalDecimal,
  measured: Type.Array(Measured),
  acknowledged: nullable(
    Type.Object({ at: Instant, by: Type.String(), owner: Type.String(), note: Type.String() }),
  ),
  updatedAt: Instant,
})
export type Warning = Type.Static<typeof Warning>

export const ExposedEnterprise = Type.Object({
  id: Type.String(),
  name: Type.String(),
  value: DecimalText,
  base: DecimalText,
  districts: Type.Array(Type.String({ description: 'codes of the districts it trades from' })),
})
export type ExposedEnterprise = Type.Static<typeof ExposedEnterprise>

export const BouncedMark = nullable(
  Type.Object({
    at: Instant,
    status: Type.String({ description: 'RFC 3463, or the reply code' }),
    diagnostic: Type.String(),
  }),
)

const MailRow = Type.Object({
  id: Type.Integer(),
  recipient: Type.String(),
  reason: Type.String(),
  subject: Type.String(),
  state: Type.Enum(['queued', 'sent', 'failed']),
  attempts: Type.Integer(),
  nextAttemptAt: Instant,
  lastError: optionalText,
  smtpResponse: optionalText,
  messageId: Type.String(),
  createdAt: Instant,
  sentAt: nullable(Instant),
  bounced: BouncedMark,
  hasAttachment: Type.Boolean(),
  text: Type.String(),
  html: Type.String(),
})
export type MailRow = Type.Static<typeof MailRow>

const InboxMail = Type.Object({
  id: Type.String(),
  from: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  date: nullable(Instant),
  text: Type.String(),
  html: optionalText,
})

const Rows = Type.Object({ rows: Type.Integer() })
const listStates = ['open', ...states] as const

export const WarningsQuery = strict({
  state: Type.Optional(
    Type.Enum([...listStates], { description: 'default open: firing, or firing when data stopped' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
})
export const PageQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
})
export const MailsQuery = strict({
  state: Type.Optional(
    Type.Enum(['queued', 'sent', 'failed', 'bounced'], {
      description: 'bounced: sent, and returned later or refused for its address',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
})
export const IdParams = strict({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
export const RuleParams = strict({ id: Rule.properties.id })
export const AcknowledgeBody = strict({
  note: Type.String({ maxLength: 2000, default: '' }),
  owner: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'who looks after it; you, if not said' }),
  ),
})

const Matchers = Type.Record(
  Type.String({ pattern: '^(rule|topic|severity|partner|hs|mode|ownership|transport|district|enterprise)$' }),
  Type.String({ minLength: 1, maxLength: 80 }),
  {
    minProperties: 1,
    additionalProperties: false,
    description: 'all must fit: { "partner": "US", "topic": "fall" }',
  },
)
const Silence = Type.Object({
  id: Type.Integer(),
  matchers: Type.Record(Type.String(), Type.String()),
  startsAt: Instant,
  endsAt: Instant,
  note: Type.String(),
  createdBy: Type.String(),
  active: Type.Boolean(),
})
export const SilenceBody = strict({
  matchers: Matchers,
  endsAt: Type.String({ format: 'date-time' }),
  note: Type.String({ maxLength: 2000, default: '' }),
})
export const SilencesReply = envelope(Type.Array(Silence), Rows)
export const SilenceReply = envelope(Type.Object({ id: Type.Integer() }), Type.Object({}))

export const BacktestBody = strict({
  rule: Rule,
  periods: Type.Integer({ minimum: 1, maximum: 120, default: 11 }),
  budget: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000, description: 'alerts a period' })),
})
const BacktestAlert = Type.Object({
  labels: Type.Record(Type.String(), Type.String()),
  firedPeriod: PeriodText,
  resolvedPeriod: nullable(PeriodText),
  value: optionalDecimal,
  base: optionalDecimal,
  change: optionalDecimal,
})
export const BacktestReply = envelope(
  Type.Object({
    periods: Type.Array(Type.Object({ period: PeriodText, fired: Type.Integer(), open: Type.Integer() })),
    perPeriod: Type.Number(),
    alerts: Type.Array(BacktestAlert),
    moreAlerts: Type.Integer(),
    budget: nullable(
      Type.Object({
        wanted: Type.Number(),
        threshold: optionalDecimal,
        noThreshold: nullable(
          Type.Enum([...noThresholds], {
            description:
              'why there is no threshold: no period before the tested ones can be compared with a year earlier, or in those nothing moved that way',
          }),
        ),
        calibratedOn: Type.Array(PeriodText),
        calibratedPerPeriod: Type.Number(),
        realisedPerPeriod: Type.Number(),
      }),
    ),
  }),
  Type.Object({}),
)

export const AssessmentQuery = strict({ year: Type.Integer({ minimum: 2000, maximum: 2100 }) })
export const AssessmentReply = envelope(
  Type.Array(
    Type.Object({
      topic: Type.String(),
      severity: Type.String(),
      fired: Type.Integer(),
      resolved: Type.Integer(),
      revised: Type.Integer(),
      acknowledged: Type.Integer(),
      escalated: Type.Integer(),
    }),
  ),
  Type.Object({ rows: Type.Integer(), year: Type.Integer(), mailsSent: Type.Integer() }),
)

export const WarningsReply = envelope(
  Type.Array(Warning),
  Type.Object({ rows: Type.Integer(), counts: Type.Record(Type.String(), Type.Integer()) }),
)
export const WarningReply = envelope(Warning, Type.Object({}))
export const ExposedReply = envelope(
  Type.Array(ExposedEnterprise),
  Type.Object({ rows: Type.Integer(), period: PeriodText, currency: Type.String() }),
)
export const RulesReply = envelope(
  Type.Array(Type.Object({ ...Rule.properties, evaluatedThrough: nullable(PeriodText) })),
  Rows,
)
export const RuleReply = envelope(Rule, Type.Object({}))
export const MailsReply = envelope(Type.Array(MailRow), Rows)
export const MailReply = envelope(
  Type.Object({
    ...MailRow.properties,
    attachment: nullable(Type.String({ description: 'warnings.csv as it went out' })),
  }),
  Type.Object({}),
)
export const BounceReply = envelope(
  Type.Object({
    marked: Type.Array(
      Type.Object({ address: Type.String(), status: Type.String(), diagnostic: Type.String() }),
    ),
    mails: Type.Array(Type.Integer()),
    unknown: Type.Array(Type.String({ description: 'nothing was ever written to it: not marked' })),
  }),
  Type.Object({}),
)
export const AddressesReply = envelope(
  Type.Array(
    Type.Object({
      address: Type.String(),
      status: Type.String(),
      diagnostic: Type.String(),
      source: Type.Enum(['reply', 'report']),
      mailId: nullable(Type.Integer()),
      at: Instant,
    }),
  ),
  Rows,
)
export const AddressParams = strict({ address: Type.String({ minLength: 3, maxLength: 320 }) })
export const InboxReply = envelope(Type.Array(InboxMail), Rows)

/** Of whatever length: a wrong token is nobody's. */
export const ScheduleReply = envelope(
  Type.Object({
    schedule: Type.String({ description: 'as WARNING_SCHEDULE says' }),
    timeZone: Type.String(),
    next: nullable(Instant),
    lastRun: nullable(Instant),
    workingDays: Type.Array(
      Type.Object({
        year: Type.Integer(),
        known: Type.Boolean({ description: 'false: no holidays are stated, weekends alone count' }),
      }),
    ),
  }),
  Type.Object({}),
)
