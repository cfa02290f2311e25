import { nameInChinese as land } from '../parties.ts'
import type { OriginText } from './text.ts'

export const zh: OriginText = {
  rule: {
    scheduleYear: '承诺表年度',
    inForce: '协定生效',
    productRule: '产品特定原产地规则',
    material: (id) => `材料 ${id} 的原产资格`,
    whollyObtained: 'WO 完全获得',
    exclusive: 'PE 完全由原产材料生产',
    minimalOperations: '微小加工',
    cumulation: '累积',
    appendix: '进口方附录（特别货物清单）',
    countryOfOrigin: 'RCEP 原产国',
    claim: (basis) => `可申报税率，${basis}`,
  },
  inForce: (agreement, importer, exporter, on) =>
    `${on} ${agreement} 在${land(importer)}与${land(exporter)}之间已生效`,
  notInForce: (agreement, importer, exporter, on) =>
    `${on} ${agreement} 在${land(importer)}与${land(exporter)}之间未生效`,
  forceUnknown: (agreement, importer, exporter) =>
    `${agreement} 是否在${land(importer)}与${land(exporter)}之间生效未查明：请向${land(importer)}海关确认`,
  scheduleYear: (importer, year, span) => `${land(importer)}承诺表第 ${year} 年，${span}`,
  shock: (of, verdict, percent, rule) => {
    const what = {
      'material-price': '非原产材料价格',
      'exchange-rate': '进口非原产材料因汇率而变动的成本',
      'fob-price': '离岸价',
    }[of]
    if (percent === null) return `${what}：任何变动都不改变结论`
    return verdict === 'pass'
      ? `${what}：变动 ${percent} % 以内结论不变（${rule}）`
      : `${what}：变动 ${percent} % 即符合（${rule}）`
  },
  notAParty: (country) => `${land(country)}不是成员方：在该地生产的货物不能取得原产资格`,
  backToBack: (party) => `背对背原产地证明不改变原产资格和 RCEP 原产国，仍为${land(party)}`,
  ruleGiven: (text) => `${text}（案例自带）`,
  ruleFound: (text, source) => `${text}（${source}）`,
  ruleProblem: (problem, subject) => {
    const whose = subject === null ? '货物的规则' : `中间品 ${subject} 的规则`
    if (problem.kind === 'missing') return `${whose}未知`
    if (problem.kind === 'incomplete')
      return `${whose}仅有一般规则“${problem.text}”，协定的产品清单优先适用而未收录`
    if (problem.kind === 'manual') return `${whose}须人工判断：“${problem.text}”（${problem.reason}）`
    return `${whose}因产品而异，请指明是哪一种（condition）：${problem.conditions.join(' | ')}`
  },
  ownOrigin: (party) => `原产于使用地${land(party)}`,
  partnerOrigin: (party, evidence) =>
    `原产于${land(party)}，可累积${evidence === null ? '；未列明证据' : `；证据：${evidence}`}`,
  rolledUp: (party) => `在${land(party)}生产并符合自身规则：按全部价格计为原产`,
  failsItsRule: (party, lookedThrough) =>
    `在${land(party)}生产但不符合自身规则：计为非原产${lookedThrough ? '；因系自产，另按其投入材料测算' : '，按全部价格计'}`,
  nonOriginating: (country) => `非原产${country === null ? '' : `，来自${land(country)}`}`,
  unknownOrigin: '原产地不明：计为非原产',
  notCumulable: (party) => `${land(party)}不是成员方：计为非原产`,
  notYetInForce: (party, on) => `${on} 协定尚未对${land(party)}生效：计为非原产`,
  pairUnknown: (party, importer) => `协定是否在${land(party)}与${land(importer)}之间生效未查明：计为非原产`,
  indirect: '间接材料：不论产地均视为原产',
  transportPacking: '运输包装：一律不计',
  retailPackaging: '零售包装：税则归类改变不计，区域价值成分按其原产地计入',
  accessory: '随货附件（按数量、价值合乎惯例处理）：税则归类改变不计，区域价值成分计入',
  noShift: (ids) =>
    `无法判断归类改变：${ids.map((id) => (id === 'good' ? '货物' : `材料 ${id}`)).join('、')}的编码不存在`,
  shift: (level) => (level === null ? '与货物同一子目' : `满足 ${level}`),
  expanded: (ids) => `${ids.join('、')} 按其投入材料计`,
  whollyObtainedMet: (party) => `依所列理由在${land(party)}完全获得或生产`,
  whollyObtainedFails: (ids) => `非完全获得：${ids.join('、')} 并非来自生产方`,
  exclusiveMet: '直接使用的材料全部原产',
  exclusiveFails: (ids) => `并非全部使用原产材料：${ids.join('、')}`,
  noMaterials: '物料清单中没有材料，无法测算',
  changeMet: '全部非原产材料均满足税则归类改变',
  changeFails: (ids) => `未满足归类改变或属除外范围：${ids.join('、')}`,
  tolerated: (ids, share, limit, basis) =>
    `未满足归类改变的 ${ids.join('、')} 占${basis === 'value' ? '离岸价' : '总重量'} ${share} %，不超过 ${limit} %`,
  byCustomsValue:
    '澳大利亚按完税价格计算第3.7条的微小含量（海关法第153ZQE条）：如影响结论，请给出 good.customsValue',
  notTolerated: (share, limit) => `占离岸价 ${share} %，微小含量限额为 ${limit} %`,
  value: ({ vnm, fob, buildDown, buildUp, threshold }) =>
    `扣减法 (${fob} - ${vnm}) / ${fob} = ${buildDown} %${buildUp === null ? '' : `，累加法 ${buildUp} %`}；须不低于 ${threshold} %`,
  buildUpState: {
    'no-costs': '未提供成本，未计算累加法',
    'not-allowed': '该协定没有累加法',
    'not-read': '该协定是否有累加法未查明，不采用',
    inconsistent: '材料与成本之和超过离岸价，不采用累加法',
  },
  formulasDiffer: '两种方法结果不同：成本不完整或有扣除',
  reaction: (passed, stated) => {
    if (passed) return '已声明在生产方发生化学反应'
    return stated ? '工序中没有 chemical-reaction' : '未说明工序'
  },
  weightShare: (share, threshold) =>
    share === null
      ? `缺少材料重量；原产材料按重量须不低于 ${threshold} %`
      : `原产材料占材料重量 ${share} %；须不低于 ${threshold} %`,
  onlyMinimal: (operations) =>
    `仅有 ${operations.join('、')}：对非原产材料的此类加工不赋予原产资格，不论其他测算结果`,
  moreThanMinimal: '加工超出微小加工',
  operationsUnstated: '未测试：未说明工序',
  operationsIdle: '不适用：没有对非原产材料的加工',
  listNotRead: (agreement) => `${agreement} 的微小加工清单未查明`,
  cumulationNeeded: '不使用其他成员方材料则所用标准不成立：标注 ACU',
  cumulationNotNeeded: '不使用其他成员方材料所用标准亦成立：不标注 ACU',
  cumulationExclusive: '计入其他成员方材料；完全由原产材料生产的货物仅标注 PE',
  noPartnerMaterials: '没有计入其他成员方的材料',
  appendixTest: ({ buildDown, buildUp, passed }) =>
    `出口方价值成分 ${buildDown} %${buildUp === null ? '' : `（累加法 ${buildUp} %）`}：${passed ? '达到' : '低于'} 20 %`,
  appendixState: {
    active: '货物列入附录且在适用期内',
    inactive: '货物未列入附录或不在适用期内：适用一般规则',
    unknown: '未说明是否列入附录：按未列入处理',
  },
  differential: (state) => {
    if (state === null) return '税率不全，是否存在关税差异尚不确定'
    return state ? '对各成员方税率不同' : '对各成员方税率相同'
  },
  countryOfOrigin: (party, basis) => `${land(party)}（第 ${basis} 条）`,
  countryOpen: '无法确定：依第2.6.4条得不出可适用其税率的成员方（可用第2.6.6条）',
  countryNeedsOperations: '完全由原产材料生产的货物，其 RCEP 原产国取决于所做加工，而工序未说明',
  claim: (rate, among, complete) => {
    const of = `${among.map(land).join('、')}${complete ? '' : '；其余税率未提供'}`
    return rate === null ? `无法确定${among.length > 0 ? `（${of}）` : '：未提供税率'}` : `${rate}（${of}）`
  },
  openPoint: {
    'exporting-party-under-2.6.4': '按第2.6.4条字面得出出口方本身，是否允许尚无文本依据：请人工确认',
    tie: '第2.6.4条并列时如何处理没有规定：按“无法确定”处理',
    'importing-party-under-2.6.4':
      '按第2.6.4条字面得出进口方本身，而进口方对本国货物没有优惠税率；如何处理没有规定：按“无法确定”处理',
    'no-contributor': '没有成员方提供原产材料，第2.6.4条未规定如何处理：按“无法确定”处理',
    'domestic-value-formula': '附录对20%的原文（脚注1）未查明；按第3.5条的方法计算',
    contributors:
      '第2.6.4条未规定材料如何估价（按第3.5条），第2.6.6(a)项的贡献方是否包括出口方亦无定论（此处凡其提供原产材料即包括）',
  },
  importerPractice: {
    CN: '中国允许进口人直接选择最高税率（海关总署令第255号第二十七条）',
    VN: '越南将最高税率作为无法适用原产国税率时的办法（第129/2022号法令第6.2条）',
    PH: '菲律宾允许两种最高税率，(a) 项须提供证明（第25号行政令）',
  },
  missing: {
    operations: (subject) =>
      `${subject === null ? '工序' : `中间品 ${subject} 的工序`}：未说明；仅当超出第3.6条的微小加工时结论成立`,
    proofOfAny: (ids) =>
      `${ids.join('、')} 的原产地：${ids.length > 1 ? '其中任一项' : ''}取得成员方的 RCEP 原产地证明，结论即为符合`,
    proofOfAll: (ids, exact) =>
      `${ids.join('、')} 的原产地：全部取得原产地证明，结论即为符合${exact ? '' : '（由大到小逐项加入得出）'}`,
    unknownOrigins: (ids) => `${ids.join('、')} 的原产地：不明，可能影响结论`,
    weights: (ids) =>
      `重量（weightKg）：${ids.map((id) => (id === 'good' ? '货物' : id)).join('、')}：第50至63章可用第3.7条的重量限额，但缺少重量`,
    materialWeights: '各材料的重量（weightKg）：规则要求原产材料的重量比例',
    reaction: '工序：未说明货物是否为化学反应（chemical-reaction）的产物',
    pair: (agreement, party, importer) =>
      `${agreement} 是否在${land(party)}与${land(importer)}之间生效：请向${land(importer)}海关确认`,
    materials: '物料清单，或货物完全获得所依据的第3.3条理由',
    unproven: (ids) => `${ids.join('、')} 的原产凭据：未列明，没有凭据则货物不具备原产资格`,
    noCode: (id, hs, edition) =>
      `${id === 'good' ? '货物' : `材料 ${id}`}：HS${edition === null ? '' : ` ${edition}`} 中没有子目 ${hs}；结论取决于其编码`,
    tolerance: (agreement) => `${agreement} 的微小含量限额：10 % 未经文本核实`,
    agreementTerms: (agreement) => `${agreement} 未经文本核实的条款：微小加工、扣除、辅助材料、累加法`,
    valueBasis: (id, basis) =>
      `${id} 的价值：所列为 ${basis}；进口材料应按到岸价计，区域价值成分可能偏高（第3.5.3条）`,
    overFob: (total, fob) => `价格：材料合计 ${total}，高于离岸价 ${fob}；两者须为同一数量货物、同一币种`,
    deduction: (id, amount) => `${id} 拟扣除 ${amount} 的证据：无证据不予扣除（第3.5.5条）`,
    inventory: (id) => `可互换材料 ${id} 的库存管理方法：未分开存放时必须说明（第3.11条）`,
    code: (hs, from, to, candidates) =>
      `${hs}（HS ${from}）在规则所用的 HS ${to} 中可能是 ${candidates.join('、')}，结论取决于归类`,
    laterText: (agreement, since) => `${agreement} 于 ${since} 签署了新文本，是否生效未查明`,
    appendix: (importer) =>
      `特别货物清单（appendix）：货物是否列入${land(importer)}的附录（第2.6.3条）；各成员方税率不同，可能影响税率`,
    rate: (party) => `税率（rates.${party}）：未提供 RCEP 原产国的税率`,
    incomparable: '税率无法比较：其中有未承诺（U），或并非都是从价税而缺少数量或税率的货币',
  },
  evidence: {
    partnerProof: (id, party) => `材料 ${id} 的${land(party)} RCEP 原产地证明`,
    ownDeclaration: (id) => `材料 ${id} 在生产方原产的供应商声明或自有记录`,
    deductions: (id) => `材料 ${id} 扣除金额的单证`,
    inventory: (id, method) => `可互换材料 ${id} 的库存记录，全年采用同一方法：${method}`,
    costs: '区域价值成分的成本与价格记录',
    classification: '货物及各非原产材料的税则归类',
    whollyObtained: '证明第3.3条所列理由的记录：在该成员方种植、饲养、捕捞、开采或收集的凭据',
    records: '以上资料保存三年（第3.27条）',
  },
  change: {
    switchValue: (rule, amount, ids, exact) =>
      `${rule}：将价值 ${amount} 的非原产材料换为原产材料${ids === null ? '' : `；换 ${ids.join('、')} 即可${exact ? '，且不能更少' : '（由大到小逐项加入得出）'}`}`,
    raiseFob: (rule, amount, fob) => `${rule}：或其他不变，离岸价提高 ${amount} 至 ${fob}`,
    switchMaterials: (rule, ids, exact) =>
      `${rule}：将 ${ids.join('、')} 换为原产材料${exact ? '' : '（由大到小逐项加入得出）'}`,
    reclass: (rule, ids) => `${rule}：或以更前道、满足归类改变的税号购入 ${ids.join('、')}`,
    process: (rule) => `${rule}：在生产方进行超出第3.6条微小加工的生产`,
    orientation: '按常见规则，仅供参考',
  },
  verdict: (verdict, { good, party, agreement }) => {
    if (verdict === 'pass') return `在${land(party)}生产的 ${good} 符合 ${agreement} 原产资格`
    if (verdict === 'fail') return `在${land(party)}生产的 ${good} 不符合 ${agreement} 原产资格`
    return `在${land(party)}生产的 ${good} 是否符合 ${agreement} 原产资格尚不能判定`
  },
  heading: {
    sensitivity: '价格与汇率的余地',
    routes: '原产标准',
    agreements: '各协定比较',
    steps: '步骤',
    missing: '缺少的信息',
    changes: '如何改变结果',
    evidence: '须备存',
  },
  routeState: { met: '满足', 'not-met': '不满足', void: '满足，但依第3.6条无效' },
}
