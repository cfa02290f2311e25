import type { AdviceLanguage } from '../advice/text.ts'

interface OpportunityText {
  eligible: string
  customsValue: string
  origin: string
  others: string
  base: string
  noTrade: string
  outside(from: string, to: string): string
  short(months: number): string
}

const en: OpportunityText = {
  eligible:
    'Eligible, not necessarily unused: which trade already claims the preference is not known from these data.',
  customsValue:
    'Savings take the statistical value (exports FOB, imports CIF) for the customs value; most importing Parties add freight and insurance.',
  origin:
    'Only goods that originate and hold a proof of origin pay the RCEP rate; none of this is judged here.',
  others:
    'Other agreements are compared where their rates are loaded; those in force that are not are named with each line, and what they may give already is kept apart from what RCEP alone saves. When they entered into force is partly recalled.',
  base: 'Applied MFN rates of China are not loaded: RCEP is held against the base rates of 1 January 2014. Load the tariff of the year with "reference import mfn-tariff".',
  noTrade: 'No trade is loaded up to this day.',
  outside: (from, to) => `Trade of ${from} to ${to}; rates of the day asked.`,
  short: (months) => `Only ${months} of these twelve months are loaded: the figures are not those of a year.`,
}

const zh: OpportunityText = {
  eligible: '所列为可享惠而非必然未享惠：现有数据不能看出哪些贸易已经享惠。',
  customsValue: '节省额以统计价值（出口离岸价、进口到岸价）代替完税价格；多数进口方另计运费和保险费。',
  origin: '只有原产且持有原产地证明的货物才适用 RCEP 税率，此处未作判定。',
  others:
    '其他协定仅在其税率已导入时参与比较；已生效而未导入的逐行列明，其可能已给予的优惠与 RCEP 独有的节省分开计算。部分协定生效日期凭记忆录入。',
  base: '尚未导入中国最惠国税率：以2014年1月1日基准税率相比。请用“reference import mfn-tariff”导入当年税则。',
  noTrade: '该日以前没有已导入的贸易数据。',
  outside: (from, to) => `贸易期间 ${from} 至 ${to}；税率为所问日期。`,
  short: (months) => `十二个月中只导入了 ${months} 个月，所列并非全年数。`,
}

export function opportunityText(language: AdviceLanguage): OpportunityText {
  return language === 'zh' ? zh : en
}
