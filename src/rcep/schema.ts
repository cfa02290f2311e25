import { Type } from 'typebox'
import { DateText, DecimalText, envelope, strict } from '../http/schema.ts'
import { FormatQuery } from '../sheet.ts'
import {
  AgreementReply,
  BreakEvenReply,
  CertificateReply,
  NextStepReply,
  PointReply,
  RuleFactReply,
  SavingReply,
  TradeReply,
} from './advice/schema.ts'
import { OriginResult } from './origin/result.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Text = Type.String()
const Texts = Type.Array(Text)
const Edition = Type.Enum(['2012', '2017', '2022'], {
  description: 'HS edition of the code; 2022 unless said',
})
const Language = Type.Enum(['zh', 'en'], { description: 'language of the sentences; zh unless said' })
const Hs = Type.String({
  minLength: 6,
  maxLength: 20,
  description: 'six digits, or a full tariff line of the importing Party',
})
const Party = Type.String({ minLength: 2, maxLength: 40, description: 'a Party to RCEP: ISO code or name' })
const Regime = Type.Enum(['MFN', 'RCEP'])
const Expression = Type.Unsafe<unknown>({
  description: 'the rate, parsed: {"kind":"ad-valorem","percent":"4.1"} and others',
})
const ExchangeText = Type.String({
  maxLength: 30,
  description: 'one unit in the currency of the value: JPY=0.0067',
})
const QuantityText = Type.String({ maxLength: 60, description: 'an amount and a unit, such as "1200 kg"' })

const Via = Type.Array(Type.String({ minLength: 2, maxLength: 40 }), {
  maxItems: 10,
  description: 'countries and territories the goods pass through',
})

const question = {
  hs: Hs,
  edition: Type.Optional(Edition),
  on: DateText,
  language: Type.Optional(Language),
}

export const TariffsQuery = strict({ ...question, importer: Party, exporter: Party, format: FormatQuery })

export const RateTableQuery = strict({
  ...question,
  on: Type.Optional(DateText),
  flow: Type.Optional(
    Type.Enum(['export', 'import'], { description: 'from China or into China; export unless said' }),
  ),
  years: Type.Optional(
    Type.String({ maxLength: 2, description: 'years of the schedules to look ahead, 1 to 21' }),
  ),
  format: FormatQuery,
})

const adviceQuestion = {
  ...question,
  from: Party,
  to: Party,
  value: Type.Optional(Type.String({ maxLength: 40, description: 'customs value, a decimal' })),
  currency: Type.Optional(
    Type.String({ maxLength: 3, description: 'ISO code of the currency of the value' }),
  ),
  annualValue: Type.Optional(
    Type.String({ maxLength: 40, description: "customs value of a year's imports, a decimal" }),
  ),
  discount: Type.Optional(
    Type.String({ maxLength: 20, description: 'yearly discount of savings in percent, such as 5' }),
  ),
  certificateCost: Type.Optional(
    Type.String({ maxLength: 40, description: 'what a proof of origin costs a shipment, in its currency' }),
  ),
  issuedOn: Type.Optional(DateText),
  shippedOn: Type.Optional(DateText),
  enterprise: Type.Optional(
    Type.String({ maxLength: 20, description: 'the firm whose own trade is the yearly value' }),
  ),
  mfn: Type.Optional(
    Type.String({ maxLength: 200, description: 'applied MFN rate, where it is not loaded' }),
  ),
  years: Type.Optional(
    Type.String({ maxLength: 2, description: 'years of the schedule to look ahead, 1 to 21' }),
  ),
}

export const AdviceQuery = strict({
  ...adviceQuestion,
  quantity: Type.Optional(Type.Array(QuantityText, { maxItems: 10 })),
  exchange: Type.Optional(Type.Array(ExchangeText, { maxItems: 10 })),
  via: Type.Optional(Via),
})

export const AdviceBody = strict({
  ...adviceQuestion,
  quantity: Type.Optional(Type.Array(QuantityText, { maxItems: 10 })),
  exchange: Type.Optional(Type.Array(ExchangeText, { maxItems: 10 })),
  via: Type.Optional(Via),
  bom: Type.Optional(Type.Unsafe<unknown>({ description: 'an origin case, as POST /rcep/origin takes it' })),
})

export const RulesQuery = strict({
  hs: Hs,
  edition: Type.Optional(Edition),
  agreement: Type.Optional(Type.String({ maxLength: 20, description: 'RCEP unless said; CN-KR, ACFTA' })),
})

export const OriginQuery = strict({ language: Type.Optional(Language) })

/** Checked by the origin engine itself, which names the wrong field by its path. */
export const OriginBody = Type.Unsafe<unknown>({
  description: 'an origin case: good, importer, day and materials',
})

const Product = Type.Object({
  hs: Text,
  edition: Edition,
  mapped: Type.Array(Type.Object({ edition: Edition, codes: Texts, quality: Text })),
})

const Rate = Type.Object({
  agreement: Text,
  group: Nullable(Text),
  lines: Texts,
  rate: Text,
  expression: Expression,
  duty: Nullable(DecimalText),
  validFrom: Text,
  validTo: Nullable(Text),
  source: Text,
  conditions: Texts,
})

const Base = Type.Object({
  rate: Text,
  lines: Texts,
  expression: Expression,
  duty: Nullable(DecimalText),
  on: Text,
  source: Text,
})

const Year = Type.Object({
  year: Type.Integer(),
  from: Text,
  to: Text,
  rates: Type.Object({ RCEP: Type.Optional(Text), MFN: Type.Optional(Text) }),
  best: Nullable(Regime),
  assumed: Texts,
  saving: Nullable(DecimalText),
})

const Missing = Type.Object({ code: Text, text: Text })
const Step = Type.Object({ rule: Text, cite: Text, passed: Nullable(Type.Boolean()), detail: Text })

const trade = { product: Product, from: Text, to: Text, on: Text }

const Tariffs = Type.Object({
  ...trade,
  rates: Type.Array(Rate),
  base: Type.Array(Base),
  byYear: Type.Array(Year),
  missing: Type.Array(Missing),
})

const AdviceAnswer = Type.Object({
  ...trade,
  verdict: Type.Enum(['pass', 'fail', 'needs-info']),
  rates: Type.Array(Rate),
  base: Type.Array(Base),
  best: Nullable(
    Type.Object({
      agreement: Text,
      rate: Text,
      saving: Nullable(DecimalText),
      conditional: Type.Boolean(),
    }),
  ),
  byYear: Type.Array(Year),
  saving: SavingReply,
  trade: Nullable(TradeReply),
  agreements: Type.Array(AgreementReply),
  rule: Nullable(RuleFactReply),
  origin: Nullable(OriginResult),
  breakEven: Type.Array(BreakEvenReply),
  certificate: CertificateReply,
  consignment: Type.Array(PointReply),
  nextSteps: Type.Array(NextStepReply),
  confidence: Type.Object({
    level: Type.Enum(['high', 'medium', 'low']),
    reasons: Type.Array(Missing, {
      description: 'facts the answer hangs on that were recalled or read in a secondary source',
    }),
  }),
  missing: Type.Array(Missing),
  steps: Type.Array(Step),
  notLegalAdvice: Text,
  sources: Type.Array(Type.Object({ id: Text, source: Text, sha256: Text })),
  trace: Type.String({ description: 'the same question on the same facts has the same trace' }),
})

const RateRow = Type.Object({
  partner: Text,
  importer: Text,
  exporter: Text,
  inForce: Nullable(Type.Boolean()),
  lines: Texts,
  today: Type.Array(Type.Object({ agreement: Text, rate: Text, source: Text })),
  best: Nullable(Type.Object({ agreement: Text, rate: Text })),
  years: Type.Array(Year),
  change: Nullable(
    Type.Object(
      { from: Text, year: Type.Integer(), rate: Text, best: Nullable(Regime) },
      {
        description: 'the first later year in which the RCEP rate or the better of the two is another',
      },
    ),
  ),
  missing: Texts,
})

const Meta = Type.Object({ rows: Type.Integer(), asOf: Text })

export const RateTableReply = envelope(
  Type.Object({ product: Product, rows: Type.Array(RateRow) }),
  Type.Object({ rows: Type.Integer(), on: Text, flow: Text }),
)
export const TariffsReply = envelope(Tariffs, Meta)
export const AdviceReply = envelope(AdviceAnswer, Meta)

const Sentence = Type.Object({ en: Text, zh: Text })

const ProductRule = Type.Object({
  text: Text,
  level: Type.Integer({ description: 'digits of the row the rule stands on' }),
  code: Text,
  parsed: Type.Unsafe<unknown>({
    description: 'the rule, parsed; {"kind":"manual"} where a person must read it',
  }),
  en: Text,
  zh: Text,
})

export const RulesReply = envelope(
  Type.Array(Type.Object({ hs: Text, edition: Text, rule: Nullable(ProductRule) })),
  Type.Object({
    rows: Type.Integer(),
    agreement: Text,
    source: Sentence,
    note: Sentence,
    confidence: Text,
    complete: Type.Boolean(),
  }),
)

const Comparison = Type.Object({
  agreement: Text,
  verdict: Type.Enum(['pass', 'fail', 'needs-info']),
  criterion: Nullable(Text),
  codes: Texts,
  rule: Nullable(Text),
  inForce: Nullable(Type.Boolean()),
  complete: Type.Boolean(),
  missing: Texts,
})

export const OriginReply = envelope(
  Type.Intersect([OriginResult, Type.Object({ agreements: Type.Array(Comparison) })]),
  Type.Object({ rows: Type.Integer() }),
)
