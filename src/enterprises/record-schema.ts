import { Type } from 'typebox'
import { DateText, envelope, strict } from '../http/schema.ts'

export const OptionalText = Type.Union([Type.String(), Type.Null()])
export const Instant = Type.String({ description: 'ISO 8601 instant' })
export const EnterpriseId = Type.String({
  pattern: '^[0-9]{4}[0-9A-Z]{6}$',
  description: 'customs registration code, ten characters',
})
// No control characters: the database takes no NUL, and a name is one line.
const visible = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f]*\\S[^\\u0000-\\u001f]*$' })
export const Line = visible(200)
/** Several lines. */
export const LongText = Type.String({
  minLength: 1,
  maxLength: 5000,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]+$',
})
const OwnCode = visible(60)
export const HsInput = Type.String({
  pattern: '^[0-9]{6}([0-9]{2}){0,2}$',
  description: '6, 8 or 10 digits, known to the reference',
})
const PartyCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO code of a country' })
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
export const Rows = Type.Object({ rows: Type.Integer() })

export const EnterpriseParams = strict({ enterprise: EnterpriseId })
export const RecordParams = strict({ enterprise: EnterpriseId, id: Id })

export const EnterpriseBody = strict({
  id: EnterpriseId,
  name: Line,
  uscc: Type.Optional(
    Type.String({ minLength: 18, maxLength: 18, description: 'unified social credit code (GB 32100)' }),
  ),
})
export type EnterpriseBody = Type.Static<typeof EnterpriseBody>

const NamedCode = Type.Object({ code: Type.String(), nameZh: OptionalText })
export const Enterprise = Type.Object({
  id: EnterpriseId,
  name: Type.String(),
  uscc: OptionalText,
  district: NamedCode,
  ownership: NamedCode,
  registeredAt: Type.Union([Instant, Type.Null()], { description: 'null: known from declarations only' }),
})
export type Enterprise = Type.Static<typeof Enterprise>

export const EnterprisesQuery = strict({
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the name, or start of a code' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
})
export const EnterpriseReply = envelope(Enterprise, Type.Object({}))
export const EnterprisesReply = envelope(Type.Array(Enterprise), Rows)

export const ProductBody = strict({ code: OwnCode, name: Line, hs: HsInput })
export type ProductBody = Type.Static<typeof ProductBody>
export const Product = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  hs: Type.String(),
  updatedAt: Instant,
})
export type Product = Type.Static<typeof Product>
export const ProductReply = envelope(Product, Type.Object({}))
export const ProductsReply = envelope(Type.Array(Product), Rows)

const Case = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true, // what is not declared here would be left out of answers
  description: 'a case as POST /rcep/origin takes it',
})
export const BillBody = strict({
  name: Line,
  productId: Type.Optional(Type.Union([Id, Type.Null()])),
  document: Case,
})
export type BillBody = Type.Static<typeof BillBody>
export const Bill = Type.Object({
  id: Id,
  name: Type.String(),
  productId: Type.Union([Id, Type.Null()]),
  document: Case,
  updatedAt: Instant,
})
export type Bill = Type.Static<typeof Bill>
export const BillReply = envelope(Bill, Type.Object({}))
export const BillsReply = envelope(Type.Array(Bill), Rows)
export const TableReply = envelope(
  Type.Object({
    materials: Type.Array(
      Type.Unsafe<object>({
        type: 'object',
        additionalProperties: true,
        description: 'materials of an origin case',
      }),
    ),
    errors: Type.Array(
      Type.Object({
        row: Type.Integer(),
        cell: Type.String({ description: 'as a spreadsheet shows it: B3' }),
        column: Type.String(),
        value: Type.String(),
        allowed: Type.String(),
      }),
    ),
  }),
  Rows,
)

export const SupplierBody = strict({ name: Line, country: PartyCode })
export type SupplierBody = Type.Static<typeof SupplierBody>
export const Supplier = Type.Object({
  id: Id,
  name: Type.String(),
  country: Type.String(),
  updatedAt: Instant,
})
export type Supplier = Type.Static<typeof Supplier>
export const SupplierReply = envelope(Supplier, Type.Object({}))
export const SuppliersReply = envelope(Type.Array(Supplier), Rows)

export const EvidenceBody = strict({
  supplierId: Id,
  hs: HsInput,
  party: PartyCode,
  kind: Type.Enum(['certificate', 'declaration', 'supplier-statement']),
  number: OwnCode,
  validFrom: DateText,
  validTo: DateText,
})
export type EvidenceBody = Type.Static<typeof EvidenceBody>
export const Evidence = Type.Object({
  id: Id,
  supplierId: Id,
  supplier: Type.String(),
  hs: Type.String(),
  party: Type.String(),
  kind: Type.String(),
  number: Type.String(),
  validFrom: DateText,
  validTo: DateText,
  state: Type.Enum(['not-yet', 'valid', 'expired'], { description: 'on the day `on`' }),
  daysLeft: Type.Integer({ description: 'from the day `on` to its last one; negative when that is past' }),
  updatedAt: Instant,
})
export type Evidence = Type.Static<typeof Evidence>
export const EvidenceQuery = strict({
  on: Type.Optional(DateText),
  within: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 3660, description: 'only those over within so many days, or over' }),
  ),
})
export const EvidenceReply = envelope(Evidence, Type.Object({ asOf: DateText }))
export const EvidencesReply = envelope(
  Type.Array(Evidence),
  Type.Object({ rows: Type.Integer(), asOf: DateText }),
)
