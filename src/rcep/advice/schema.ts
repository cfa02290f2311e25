import { Type } from 'typebox'
import { DecimalText } from '../../http/schema.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Text = Type.String()
const Texts = Type.Array(Text)
const Flag = Nullable(Type.Boolean())
const Verdict = Type.Enum(['pass', 'fail', 'needs-info'])
const Quantities = Type.Array(Type.Object({ amount: DecimalText, unit: Text }))

export const RuleFactReply = Type.Object({ text: Text, level: Type.Integer(), source: Text })

export const SavingReply = Type.Object({
  apply: Flag,
  reason: Text,
  perShipment: Nullable(Type.Object({ amount: DecimalText, currency: Text, certificateCost: DecimalText })),
  perYear: Nullable(
    Type.Object({
      amount: DecimalText,
      value: DecimalText,
      currency: Text,
      basis: Type.Enum(['given', 'own-trade']),
      from: Nullable(Text),
      to: Nullable(Text),
    }),
  ),
  presentValue: Nullable(Type.Object({ amount: DecimalText, years: Type.Integer(), discount: DecimalText })),
})

export const TradeReply = Type.Object({
  enterprise: Text,
  enterpriseName: Text,
  flow: Type.Enum(['export', 'import']),
  from: Text,
  to: Text,
  currency: Text,
  value: DecimalText,
  quantities: Quantities,
  loadedAt: Text,
})

export const AgreementReply = Type.Object({
  agreement: Text,
  inForce: Flag,
  verdict: Verdict,
  criterion: Nullable(Text),
  codes: Texts,
  rule: Nullable(RuleFactReply),
  complete: Type.Boolean({ description: "false: without the agreement's product list" }),
  rate: Nullable(Text),
  duty: Nullable(DecimalText),
  note: Text,
  missing: Texts,
})

export const BreakEvenReply = Type.Object({
  rule: Text,
  materials: Texts,
  suppliers: Texts,
  switched: DecimalText,
  dutySaved: DecimalText,
  premium: Type.String({ description: 'percent of the value switched, cut at four places' }),
  currency: Text,
  text: Text,
})

export const PointReply = Type.Object({ code: Text, text: Text, cite: Text })
export const NextStepReply = Type.Object({ code: Text, by: Nullable(Text), text: Text, cite: Text })

const Proof = Type.Object({
  kind: Text,
  possible: Flag,
  dueBy: Nullable(Text),
  text: Text,
  cite: Text,
})

const Dates = Type.Object({
  issuedAfter: Text,
  heldBy: Text,
  issuedOn: Nullable(Text),
  validTo: Nullable(Text),
  state: Nullable(Type.Enum(['not-yet-issued', 'valid', 'anniversary', 'expired'])),
  retroactiveUntil: Nullable(Text),
  isRetroactive: Flag,
  retroactiveAllowed: Flag,
  exporterRecordsUntil: Nullable(Text),
  importerRecordsUntil: Text,
})

const Declaration = Type.Object({
  agreementCode: Text,
  origin: Nullable(Text),
  highestRateOptions: Type.Array(Type.Object({ code: Text, mark: Text, text: Text })),
  proofNumber: Nullable(Text),
  cite: Text,
})

export const CertificateReply = Type.Object({
  needed: Flag,
  hs6: Nullable(Text),
  box10: Nullable(Texts),
  box11: Nullable(Type.Object({ party: Nullable(Text), mark: Nullable(Text) })),
  box12Fob: Flag,
  boxes: Type.Array(
    Type.Object({
      box: Type.Integer(),
      title: Text,
      content: Nullable(Text),
      options: Texts,
      rule: Text,
      cite: Text,
    }),
  ),
  proofs: Type.Array(Proof),
  dates: Dates,
  waived: Flag,
  evidence: Texts,
  declaration: Nullable(Declaration),
})
