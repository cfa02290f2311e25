import type { ColumnMapping } from '../mapping-schema.ts'

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
