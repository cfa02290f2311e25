export interface Name {
  zh: string
  en: string | null
}

/** Lines of a structure that are no codes. */
export const lineNames: Readonly<Record<string, Name>> = {
  unclassified: { zh: '未分类', en: 'Unclassified' },
  other: { zh: '其他', en: 'Other' },
  general: { zh: '一般贸易', en: 'General trade' },
  processing: { zh: '加工贸易', en: 'Processing trade' },
  ecommerce: { zh: '跨境电商', en: 'Cross-border e-commerce' },
  'market-procurement': { zh: '市场采购', en: 'Market procurement' },
  'other-forms': { zh: '其他贸易方式', en: 'Other forms of trade' },
}

/** Groups of partners, and the partners in none of them. */
export const regionNames: Readonly<Record<string, Name>> = {
  RCEP: { zh: 'RCEP成员', en: 'RCEP members' },
  ASEAN: { zh: '东盟', en: 'ASEAN' },
  EU: { zh: '欧盟', en: 'European Union' },
  BRI: { zh: '共建“一带一路”国家', en: 'Belt and Road countries' },
  ungrouped: { zh: '其他国家（地区）', en: 'Partners in no group' },
}

/** Why a figure is absent, in exported tables. */
export const noteTexts: Readonly<Record<string, string>> = {
  new: '新增',
  gone: '退出',
  none: '两期均无',
  'not-loaded': '未载入',
  'negative-base': '基数为负，看差额',
  'unequal-periods': '时期长短不同',
  'not-monthly': '非月度数据',
  'few-firms': '企业不足3家，不显示',
  'no-trade': '无贸易',
  suppressed: '涉及个别企业，不显示',
}

/** Parts of a change and stages of enterprises, in exported tables. */
export const partTexts: Readonly<Record<string, string>> = {
  part: '分项',
  chapter: '章',
  product: '商品',
  enterprise: '企业',
  price: '价格',
  quantity: '数量',
  uncovered: '未覆盖',
  continuing: '持续',
  entering: '新增',
  exiting: '退出',
  occasional: '偶发',
  world: '世界需求',
  market: '市场结构',
  competitiveness: '竞争力',
  'first-time': '首次',
  returned: '恢复',
  growing: '增长',
  steady: '持平',
  shrinking: '下降',
  exited: '退出',
  unnamed: '未列企业',
}
