import { type Static, Type } from 'typebox'
import { agreementCodes } from './agreements.ts'

const closed = { additionalProperties: false }

const decimalText =
  'a decimal string such as "12.50", not negative, with at most 18 digits before and 12 after the point'
const Decimal = Type.String({ pattern: '^[0-9]{1,18}(\\.[0-9]{1,12})?$', description: decimalText })
const Kilograms = Type.Union([Decimal, Type.Null()], { description: `kilograms: ${decimalText}; or null` })
const Code = Type.String({ pattern: '^[0-9]{6,12}$', description: '6 to 12 digits without dots' })
const Day = Type.String({ format: 'date', description: 'a calendar day YYYY-MM-DD' })
const Country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'a country code of two capital letters (ISO 3166), such as CN',
})
const Text = Type.String({ minLength: 1, maxLength: 1000, description: 'text of 1 to 1000 characters' })
const Remark = Type.String({ maxLength: 1000, description: 'text of at most 1000 characters' })
const ruleText = 'a rule such as "CTH or RVC40", or null'
const RuleText = Type.Union([Type.String({ minLength: 1, maxLength: 2000 }), Type.Null()], {
  description: ruleText,
})
const Flag = Type.Boolean({ description: 'true or false' })
const Operations = Type.Array(Text, {
  maxItems: 100,
  description: 'a list of operations such as ["assembly"], those of Art. 3.6 by their codes',
})

/** Direct costs in the currency of the good, for the build-up formula and the domestic value (Art. 3.5.1(b)). */
const Costs = Type.Object(
  {
    labour: Type.Optional(Decimal),
    overhead: Type.Optional(Decimal),
    profit: Type.Optional(Decimal),
    other: Type.Optional(Decimal),
  },
  { ...closed, description: 'an object {labour, overhead, profit, other} of decimal strings' },
)

const Deduction = Type.Object(
  {
    kind: Type.Optional(Text),
    amount: Decimal,
    documented: Type.Optional(Flag),
    evidence: Type.Optional(Remark),
  },
  { ...closed, description: 'an object {kind, amount, documented, evidence}' },
)

const Origin = Type.Object(
  {
    status: Type.Enum(['originating', 'non-originating', 'unknown'], {
      description: 'one of originating, non-originating, unknown',
    }),
    party: Type.Optional(Country),
    country: Type.Optional(Country),
    evidence: Type.Optional(Remark),
  },
  { ...closed, description: 'an object {status, party, country, evidence}' },
)

const MaterialList = Type.Array(Type.Ref('Material'), { maxItems: 2000, description: 'a list of materials' })

/** A line of a bill; with `materials` of its own it is an intermediate, judged first, in its Party, at its price. */
const Material = Type.Cyclic(
  {
    Material: Type.Object(
      {
        id: Text,
        hs: Code,
        description: Type.Optional(Remark),
        /** Who supplies it, to be named where it should be replaced. */
        supplier: Type.Optional(Remark),
        value: Decimal,
        weightKg: Type.Optional(Kilograms),
        origin: Type.Optional(Origin),
        role: Type.Optional(
          Type.Enum(['material', 'indirect', 'accessory', 'retail-packaging', 'transport-packing'], {
            description: 'one of material, indirect, accessory, retail-packaging, transport-packing',
          }),
        ),
        separatelyInvoiced: Type.Optional(Flag),
        selfProduced: Type.Optional(Flag),
        valueBasis: Type.Optional(
          Type.Enum(['CIF', 'price', 'FOB', 'EXW'], {
            description: 'one of CIF (imported), price (paid in a Party), FOB, EXW',
          }),
        ),
        deductions: Type.Optional(
          Type.Union([Decimal, Deduction, Type.Array(Deduction, { maxItems: 50 })], {
            description:
              'a documented amount as a decimal string, or {kind, amount, documented, evidence}, or a list of these',
          }),
        ),
        fungible: Type.Optional(
          Type.Object({ method: Type.Optional(Text) }, { ...closed, description: 'an object {method}' }),
        ),
        producedIn: Type.Optional(Country),
        rule: Type.Optional(RuleText),
        condition: Type.Optional(Text),
        operations: Type.Optional(Operations),
        costs: Type.Optional(Costs),
        materials: Type.Optional(MaterialList),
      },
      { ...closed, description: 'an object: a material' },
    ),
  },
  'Material',
)

export const whollyObtainedGrounds = [
  'plants',
  'live-animals',
  'animal-products',
  'hunting-fishing-gathering',
  'minerals',
  'sea-catch',
  'high-seas-catch',
  'factory-ship',
  'waste-and-scrap',
  'used-goods',
  'from-wholly-obtained',
] as const

const Good = Type.Object(
  {
    hs: Code,
    edition: Type.Optional(
      Type.Enum(['2012', '2017', '2022'], { description: 'the HS edition: one of 2012, 2017, 2022' }),
    ),
    description: Type.Optional(Remark),
    producedIn: Country,
    fob: Decimal,
    currency: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{3}$',
        description: 'a currency code of three capital letters, such as USD',
      }),
    ),
    /** Customs value in the currency of the FOB value, where the importing Party measures by it (Australia). */
    customsValue: Type.Optional(Decimal),
    weightKg: Type.Optional(Kilograms),
    /** Which product it is, where the rule differs by product ("insects", "any other good"). */
    condition: Type.Optional(Text),
    whollyObtained: Type.Optional(
      Type.Enum([...whollyObtainedGrounds], {
        description: `the ground of Art. 3.3: one of ${whollyObtainedGrounds.join(', ')}`,
      }),
    ),
  },
  { ...closed, description: 'an object: the good' },
)

const Appendix = Type.Object(
  {
    listed: Flag,
    from: Type.Optional(
      Type.Union([Day, Type.Null()], { description: 'a calendar day YYYY-MM-DD, or null' }),
    ),
    to: Type.Optional(Type.Union([Day, Type.Null()], { description: 'a calendar day YYYY-MM-DD, or null' })),
    fromYear: Type.Optional(Type.Integer({ minimum: 1, description: 'a schedule year, 1 or later' })),
    toYear: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
        description: 'a schedule year, 1 or later, or null for no end',
      }),
    ),
  },
  { ...closed, description: 'an object {listed, from, to, fromYear, toYear}' },
)

/** A proof of origin, as far as it is known: its day, what it is claimed for, and how an original is split. */
const Proof = Type.Object(
  {
    issuedOn: Type.Optional(Day),
    customsValueUsd: Type.Optional(Decimal),
    /** Quantity of the original proof and of the part shipments for which back-to-back proofs are asked (Art. 3.19). */
    original: Type.Optional(
      Type.Object(
        { quantity: Decimal, parts: Type.Array(Decimal, { maxItems: 100, description: 'quantities' }) },
        { ...closed, description: 'an object {quantity, parts} of decimal strings' },
      ),
    ),
  },
  { ...closed, description: 'an object {issuedOn, customsValueUsd, original}' },
)

/** A bill of materials to be judged under an agreement: the wire shape of `tradewind origin` and `POST /rcep/origin`. */
export const OriginCase = Type.Object(
  {
    good: Good,
    importer: Country,
    /** Party the good is sent from, where it is not the one it was produced in (back-to-back, Art. 3.19). */
    exporter: Type.Optional(Country),
    on: Day,
    agreement: Type.Optional(
      Type.Enum([...agreementCodes], { description: `one of ${agreementCodes.join(', ')}` }),
    ),
    rule: Type.Optional(RuleText),
    rates: Type.Optional(
      Type.Record(
        Country,
        Type.String({ maxLength: 1000, description: 'a rate as published, such as "5%"' }),
        {
          ...closed,
          description: 'an object of rates as published by Party, such as {"AU":"0","CN":"5%"}',
        },
      ),
    ),
    /** The applied MFN rate of the importing Party, which originating goods may always take instead (Art. 2.4.2). */
    mfn: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1000, description: 'a rate as published, such as "4%"' }),
    ),
    proof: Type.Optional(Proof),
    appendix: Type.Optional(Appendix),
    costs: Type.Optional(Costs),
    operations: Type.Optional(Operations),
    materials: Type.Array(Material, { maxItems: 2000, description: 'a list of at most 2000 materials' }),
  },
  { ...closed, description: 'an object: an origin case' },
)

export type OriginCase = Static<typeof OriginCase>
export type OriginMaterial = Static<typeof Material>
export type OriginCosts = Static<typeof Costs>
export type AppendixEntry = Static<typeof Appendix>
export type WhollyObtainedGround = (typeof whollyObtainedGrounds)[number]
