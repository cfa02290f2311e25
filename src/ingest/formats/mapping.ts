import { Type } from 'typebox'
import { DecimalText, strict } from '../../http/schema.ts'

const mappedFields = [
  'flow',
  'period',
  'year',
  'month',
  'hs',
  'reporter',
  'partner',
  'partnerName',
  'supervisionMode',
  'transport',
  'district',
  'enterprise',
  'enterpriseName',
  'quantity1',
  'unit1',
  'quantity2',
  'unit2',
  'cny',
  'usd',
  'value',
  'currency',
  'declaration',
  'item',
] as const
export type MappedField = (typeof mappedFields)[number]

const Header = Type.Union([
  Type.String({ minLength: 1, maxLength: 100 }),
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 20 }),
])
const Columns = strict(
  Object.fromEntries(mappedFields.map((field) => [field, Type.Optional(Header)])) as {
    [field in MappedField]: ReturnType<typeof Type.Optional<typeof Header>>
  },
)
const Unit = Type.String({ minLength: 1, maxLength: 20 })

/** A layout as data: which header stands for which field, and what holds for every row of such files. */
export const ColumnMapping = strict({
  columns: Columns,
  /** Where the figures are kept; `mapped/` and the name of the mapping by default. */
  dataset: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9/-]{0,39}$' })),
  /** Each reporter, or each enterprise, has figures of its own, replaced on their own. */
  keptBy: Type.Optional(Type.Enum(['reporter', 'enterprise'])),
  flow: Type.Optional(Type.Enum(['export', 'import', 're-export', 're-import'])),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'of the column `value`' })),
  valueFactor: Type.Optional(DecimalText),
  quantityFactor: Type.Optional(DecimalText),
  quantityUnit: Type.Optional(Unit),
  quantity2Unit: Type.Optional(Unit),
  /** How `partner` and `reporter` are written; `own` codes are kept apart from those of customs. */
  partnerCodes: Type.Optional(Type.Enum(['customs', 'm49', 'own'])),
  hsEdition: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{1,12}$' })),
})
export type ColumnMapping = Type.Static<typeof ColumnMapping>

/** BACI: t year, i exporter, j importer, k product, v thousand dollars, q tonnes. */
export const baciMapping: ColumnMapping = {
  columns: { year: 't', reporter: 'i', partner: 'j', hs: 'k', usd: 'v', quantity1: 'q' },
  dataset: 'baci',
  keptBy: 'reporter',
  flow: 'export',
  valueFactor: '1000',
  quantityFactor: '1000',
  quantityUnit: '千克',
  partnerCodes: 'm49',
}

/** The ledger of an enterprise, in the template that the service hands out. */
export const ledgerMapping: ColumnMapping = {
  columns: {
    period: ['月份', '日期', '出口日期', '进口日期', 'month', 'date'],
    flow: ['进出口', 'flow'],
    declaration: ['报关单号', 'declaration'],
    item: ['项号', 'item'],
    hs: ['商品编码', 'hs', 'hscode'],
    partner: ['贸易伙伴', '国家地区', 'partner'],
    supervisionMode: ['监管方式', 'mode'],
    quantity1: ['数量', 'quantity'],
    unit1: ['计量单位', 'unit'],
    currency: ['币制', 'currency'],
    value: ['金额', 'amount', 'value'],
    enterprise: ['企业海关编码', 'enterprisecode'],
    enterpriseName: ['企业名称', 'enterprisename'],
  },
  dataset: 'ledger',
  keptBy: 'enterprise',
  partnerCodes: 'customs',
}
