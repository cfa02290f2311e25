import { nameInChinese as land } from '../parties.ts'
import type { AdviceLanguage } from './text.ts'

/** The sentences about money, proofs and what to do next. */
export interface PlanText {
  box12Open: string
  box12Fob(ofOne: string): string
  box12Quantity: string
  evidenceAhead(party: string): string[]
  worth: Record<WorthReason, string>
  breakEven(facts: {
    materials: string
    switched: string
    saved: string
    premium: string
    currency: string
  }): string
  step: {
    judge: string
    settle: string
    apply(party: string, on: string, after: string): string
    expires(to: string): string
    anniversary: string
    expired: string
    notYetIssued: string
    retroactive(until: string): string
    tooLate: string
    partnerProofs(parties: string[]): string
    cut(rate: string): string
    lateClaim: Record<'CN' | 'other', string>
    ruling: string
    waived: string
    smallValue(number: string): string
    exporterRecords: string
    importerRecords: string
    line: string
  }
  agreementNotInForce(agreement: string): string
  agreementUnknown(agreement: string): string
  agreementRate(agreement: string, importer: string): string
  agreementBill: string
  notLegalAdvice: string
}

export type WorthReason =
  | 'not-eligible'
  | 'mfn-free'
  | 'mfn-not-higher'
  | 'cost-exceeds'
  | 'apply'
  | 'apply-once-settled'
  | 'apply-if-originating'
  | 'open'

const en: PlanText = {
  box12Open: 'quantity; FOB value only if RVC is used',
  box12Fob: (ofOne) => `quantity, and FOB value of the consignment (one good: ${ofOne})`,
  box12Quantity: 'quantity only: no FOB value',
  evidenceAhead: (party) => [
    `RCEP proof of origin for every material of another Party that is to count as originating (Art. 3.4)`,
    `supplier's declaration or own record for every material that originates in ${party}`,
    'HS classification of the good and of each non-originating material',
    'cost sheet and price records, if the value content is used',
    'keep all of this for three years (Art. 3.27)',
  ],
  worth: {
    'not-eligible': 'the preference cannot be claimed: do not apply',
    'mfn-free': 'the MFN rate is already free: nothing is saved, do not apply',
    'mfn-not-higher': 'MFN is not above the preference: nothing is saved, do not apply',
    'cost-exceeds': 'the proof costs at least what it saves on this shipment: do not apply for it alone',
    apply: 'apply for the proof: the preference is the lower rate and the goods originate',
    'apply-once-settled':
      'the preference is the lower rate and the goods originate by what was stated: settle what is missing, then apply for the proof',
    'apply-if-originating': 'worth applying for if the goods originate',
    open: 'cannot be told before what is missing is known',
  },
  breakEven: ({ materials, switched, saved, premium, currency }) =>
    `originating ${materials} may cost up to ${premium} % more (${saved} ${currency} of duty saved on ${switched} ${currency} switched), at a customs value equal to FOB`,
  step: {
    judge: 'have the bill of materials judged: the verdict decides whether the rate can be claimed',
    settle: 'settle what is missing and have the bill judged again before anything is applied for',
    apply: (party, on, after) =>
      `obtain the proof of origin in ${party}: it must be held when the goods are declared (${on}) and be issued after ${after}`,
    expires: (to) => `the proof is valid to ${to}; the anniversary itself is for customs to say`,
    anniversary:
      'the goods are declared on the anniversary of the proof: ask customs whether it still counts',
    expired: 'the proof has expired on the day of importation: a new one is needed',
    notYetIssued: 'the proof is dated after the importation: claim afterwards or declare later',
    retroactive: (until) =>
      `after shipment the certificate can still be issued until ${until}; box 17 is ticked`,
    tooLate: 'more than a year after shipment no certificate can be issued any more',
    partnerProofs: (parties) => `collect RCEP proofs of origin for the materials of ${parties.join(', ')}`,
    cut: (rate) => `the RCEP rate becomes ${rate}: later importation pays that`,
    lateClaim: {
      CN: 'without the proof at hand: before formalities end, make the supplementary declaration of origin status and give security for the duty',
      other:
        'without the proof at hand: ask customs for the time limit of a claim after importation (Art. 3.23)',
    },
    ruling:
      'the margin is small: an advance ruling on origin binds customs for at least three years (Art. 4.10)',
    waived:
      'no proof of origin is needed at this value (US$200 or less, or the higher national limit), unless shipments are split',
    smallValue: (number) => `declare with proof number ${number}, proof type blank`,
    exporterRecords: 'exporter: keep the records of the proof until then',
    importerRecords: 'importer: keep the records of the importation until then',
    line: 'settle the tariff line with customs of the importing Party: the rate depends on it',
  },
  agreementNotInForce: (agreement) => `${agreement} is not in force between the two on that day`,
  agreementUnknown: (agreement) =>
    `whether ${agreement} is in force between the two on that day is not known`,
  agreementRate: (agreement, importer) =>
    `${importer}'s rates under ${agreement} are not loaded: load them with "reference import agreement-tariff FILE --agreement ${agreement} --importer ${importer} --from DAY --edition E" (CSV: line,rate)`,
  agreementBill: 'bill of materials',
  notLegalAdvice:
    'Information from published facts, not legal advice; customs of the importing Party and the issuing body decide.',
}

const zh: PlanText = {
  box12Open: '数量；仅采用 RVC 时填离岸价',
  box12Fob: (ofOne) => `数量，以及本票货物的离岸价（单件 ${ofOne}）`,
  box12Quantity: '仅填数量，不填离岸价',
  evidenceAhead: (party) => [
    '拟按原产计入的其他成员方材料：每项的 RCEP 原产地证明（第3.4条）',
    `原产于${land(party)}的材料：每项的供应商声明或自有记录`,
    '货物及各非原产材料的税则归类',
    '采用区域价值成分时：成本与价格记录',
    '以上资料保存三年（第3.27条）',
  ],
  worth: {
    'not-eligible': '不能享受优惠：不必申请',
    'mfn-free': '最惠国税率已为零：没有节省，不必申请',
    'mfn-not-higher': '最惠国税率不高于优惠税率：没有节省，不必申请',
    'cost-exceeds': '本票货物办证费用不低于节省的关税：不必单独申请',
    apply: '建议申领原产地证明：优惠税率更低且货物原产',
    'apply-once-settled': '优惠税率更低，按所填资料货物原产：先落实所缺各项，再申领原产地证明',
    'apply-if-originating': '货物如原产，值得申领原产地证明',
    open: '须先补充缺少的信息才能判断',
  },
  breakEven: ({ materials, switched, saved, premium, currency }) =>
    `${materials} 改用原产材料最多可贵 ${premium} %（替换 ${switched} ${currency}，节省关税 ${saved} ${currency}；按完税价格等于离岸价计）`,
  step: {
    judge: '请先判定物料清单：结论决定能否享惠',
    settle: '先落实所缺各项并重新判定，再申领原产地证明',
    apply: (party, on, after) =>
      `在${land(party)}申领原产地证明：申报进口（${on}）时须持有，且签发日在 ${after} 之后`,
    expires: (to) => `原产地证明有效至 ${to}；满一年当日是否有效由海关认定`,
    anniversary: '申报日恰为证明签发满一年之日：请向海关确认是否有效',
    expired: '进口当日原产地证明已过期：须重新取得',
    notYetIssued: '证明签发日晚于进口日：须进口后补办享惠或推迟申报',
    retroactive: (until) => `货物装运后仍可在 ${until} 前补发证书，并勾选第17栏`,
    tooLate: '装运已超过一年，不能再签发证书',
    partnerProofs: (parties) => `收集${parties.map(land).join('、')}材料的 RCEP 原产地证明`,
    cut: (rate) => `RCEP 税率降为 ${rate}：此后进口按该税率`,
    lateClaim: {
      CN: '申报时未取得证明：须在办结海关手续前补充申报原产资格并提供税款担保',
      other: '申报时未取得证明：请向海关了解进口后补办享惠的期限（第3.23条）',
    },
    ruling: '余量较小：可申请原产地预裁定，至少三年内有效（第4.10条）',
    waived: '该价值可免提交原产地证明（不超过200美元或进口方更高限额），但不得拆分货物规避',
    smallValue: (number) => `申报时证明类型留空，证明编号填 ${number}`,
    exporterRecords: '出口商：保存证明的有关记录，不得销毁',
    importerRecords: '进口商：保存进口记录，不得销毁',
    line: '请与进口方海关确定税号：税率取决于税号',
  },
  agreementNotInForce: (agreement) => `该日 ${agreement} 在双方之间未生效`,
  agreementUnknown: (agreement) => `该日 ${agreement} 在双方之间是否生效未查明`,
  agreementRate: (agreement, importer) =>
    `尚未导入 ${importer} 在 ${agreement} 下的税率：请用“reference import agreement-tariff 文件 --agreement ${agreement} --importer ${importer} --from 日期 --edition 版本”导入（CSV：line,rate）`,
  agreementBill: '物料清单',
  notLegalAdvice: '根据已公布的资料提供的信息，不构成法律意见；以进口方海关和签证机构的认定为准。',
}

/** The sentences in a language. */
export function planText(language: AdviceLanguage): PlanText {
  return language === 'zh' ? zh : en
}
