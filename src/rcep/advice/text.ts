import { nameInChinese as land } from '../parties.ts'
import type { MissingFact } from '../tariff/duty.ts'
import { officialFile } from '../tariff/official-files.ts'

export type AdviceLanguage = 'en' | 'zh'

/** The sentences of an advice; the codes of countries and agreements stay as they are. */
export interface AdviceText {
  language: AdviceLanguage
  mapped(hs: string, edition: string, other: string, codes: string[]): string
  oneLine(line: string, edition: string): string
  severalLines(count: number, edition: string): string
  inForce(importer: string, exporter: string, from: string): string
  notInForce(importer: string, exporter: string, from: string): string
  unknownInForce(importer: string, exporter: string): string
  year(year: number, importer: string, from: string, to: string): string
  rcepRate(rate: string, group: string): string
  noCommitment(): string
  chooseLine(importer: string): string
  rcepNotLoaded(importer: string, group: string): string
  mfnNotLoaded(importer: string): string
  givenMfn(): string
  noLine(agreement: string, edition: string): string
  countryOpen(): string
  mfnFree(): string
  mfnNotHigher(mfn: string, rcep: string): string
  rcepLower(rcep: string, mfn: string): string
  undecided(): string
  ruleOfOrigin(rule: string): string
  noRule(): string
  notJudged(): string
  originPassed(codes: string): string
  originFailed(): string
  originOpen(): string
  noDifferential(): string
  differential(party: string, rate: string): string
  differentialUnknown(groups: string): string
  proof(): string
  noProof(): string
  conditionOrigin(): string
  conditionAgreement(agreement: string): string
  conditionConsignment(): string
  conditionCountryOfOrigin(parties: string): string
  conditionOtherDuties(): string
  conditionTreatySchedule(edition: string): string
  conditionPrinted(published: string): string
  conditionUndated(importer: string): string
  baseOnly(rate: string): string
  fact(fact: MissingFact): string
}

const en: AdviceText = {
  language: 'en',
  mapped: (hs, edition, other, codes) =>
    codes.length === 1
      ? `${hs} (HS ${edition}) is ${codes[0]} in HS ${other}, the edition of the schedule`
      : `${hs} (HS ${edition}) may be any of ${codes.join(', ')} in HS ${other}, the edition of the schedule: look at the goods`,
  oneLine: (line, edition) => `tariff line ${line} of the importing Party (HS ${edition})`,
  severalLines: (count, edition) =>
    `${count} tariff lines of the importing Party (HS ${edition}) come into question`,
  inForce: (importer, exporter, from) => `in force between ${importer} and ${exporter} since ${from}`,
  notInForce: (importer, exporter, from) => `not in force between ${importer} and ${exporter} before ${from}`,
  unknownInForce: (importer, exporter) =>
    `whether RCEP binds ${importer} and ${exporter} to each other is not known: ask customs of ${importer}`,
  year: (year, importer, from, to) => `year ${year} of ${importer}'s schedule, from ${from} to ${to}`,
  rcepRate: (rate, group) => `RCEP rate ${rate} (schedule for ${group})`,
  chooseLine: (importer) =>
    `the tariff line of ${importer}: the rates of its lines differ; ask again with the full line`,
  noCommitment: () => 'no tariff commitment on these lines (U): RCEP gives no preference',
  rcepNotLoaded: (importer, group) =>
    `${importer}'s RCEP rates for ${group} on this date are not loaded: load ${officialFile(importer, group, 'en')} with "reference import rcep-schedule FILE --importer ${importer} --partners ${group} --edition 2012"${importer === 'JP' ? ', or the customs tariff of the year with "reference import japan-tariff FILE --year YYYY"' : ''}`,
  mfnNotLoaded: (importer) =>
    importer === 'JP'
      ? 'the applied MFN rates of JP on this date are not loaded: load the customs tariff of that year with "reference import japan-tariff FILE --year YYYY"'
      : `the applied MFN rates of ${importer} are not loaded: load ${importer}'s customs tariff of the year with "reference import mfn-tariff FILE --importer ${importer} --from DAY --edition E" (CSV: line,rate), or give the rate as "mfn"; it may be lower than the RCEP rate`,
  givenMfn: () => 'MFN rate given in the question',
  noLine: (agreement, edition) =>
    `${agreement}: no line of the loaded table (HS ${edition}) lies under this subheading on this date`,
  countryOpen: () =>
    "which Party's rate applies cannot be told: the RCEP country of origin is open, and the highest rate that may be claimed instead (Art. 2.6.6) is not known",
  mfnFree: () => 'the MFN rate is already free: no preference is needed',
  mfnNotHigher: (mfn, rcep) =>
    `MFN ${mfn} is not above RCEP ${rcep}: claim MFN, no proof of origin is needed`,
  rcepLower: (rcep, mfn) => `RCEP ${rcep} is below MFN ${mfn}`,
  undecided: () => 'which rate is lower cannot be told from what is known',
  ruleOfOrigin: (rule) =>
    `the goods must meet: ${rule} (Annex 3A, HS 2022, from Viet Nam's legal text; confirm with the issuing body)`,
  noRule: () => 'no product rule is known for this subheading',
  notJudged: () => 'whether these goods originate has not been judged: give the bill of materials',
  originPassed: (codes) => `the goods originate: ${codes}`,
  originFailed: () => 'the goods do not originate under the rule',
  originOpen: () => 'whether the goods originate cannot be decided from the bill',
  noDifferential: () => 'the same rate for every Party: the RCEP country of origin does not change it',
  differential: (party, rate) =>
    `rates differ by Party: goods whose RCEP country of origin is ${party} pay ${rate}`,
  differentialUnknown: (groups) =>
    `rates may differ by the RCEP country of origin; the schedules for ${groups} are not loaded`,
  proof: () => 'a valid proof of origin must be held when the goods are declared; it is valid for one year',
  noProof: () => 'no proof of origin is needed',
  conditionOrigin: () =>
    'the goods originate under Chapter 3 and a valid proof of origin is held at importation',
  conditionAgreement: (agreement) =>
    `the goods originate under ${agreement}, with its own proof of origin and transport rule`,
  conditionConsignment: () => 'direct consignment (Art. 3.15)',
  conditionCountryOfOrigin: (parties) => `RCEP country of origin (Art. 2.6): ${parties}`,
  conditionOtherDuties: () =>
    'customs duty only: import VAT, other internal taxes, anti-dumping and countervailing duties stay (Art. 2.1(b)); a quota or a safeguard on these goods was not looked up',
  conditionTreatySchedule: (edition) =>
    `treaty schedule in HS ${edition}: check the line in the importing Party's current national table (Art. 2.14)`,
  conditionUndated: (importer) => `from an undated table: confirm in ${importer}'s customs tariff of the day`,
  conditionPrinted: (published) => `as printed on ${published}`,
  baseOnly: (rate) => `base rate ${rate}: the MFN rate applied on 1 January 2014, not today's`,
  fact(fact) {
    switch (fact.fact) {
      case 'quantity':
        return `the quantity in ${fact.unit}`
      case 'exchange-rate':
        return `the exchange rate from ${fact.from} to ${fact.to}`
      case 'currency':
        return 'the currency the rate is set in'
      case 'product':
        return 'which of the products named in the rate the goods are'
      case 'former-line':
        return 'which line of an earlier nomenclature the goods were under'
      case 'quota':
        return 'whether a tariff quota licence is held'
      case 'no-commitment':
        return 'no commitment, so no rate'
      case 'formula':
        return `a figure outside the shipment: ${fact.text}`
    }
  },
}

const zh: AdviceText = {
  language: 'zh',
  mapped: (hs, edition, other, codes) =>
    codes.length === 1
      ? `${hs}（HS ${edition}）在承诺表所用的 HS ${other} 中为 ${codes[0]}`
      : `${hs}（HS ${edition}）在承诺表所用的 HS ${other} 中可能是 ${codes.join('、')}，须看货物判断`,
  oneLine: (line, edition) => `进口方税号 ${line}（HS ${edition}）`,
  severalLines: (count, edition) => `进口方有 ${count} 个税号可能适用（HS ${edition}）`,
  inForce: (importer, exporter, from) => `自 ${from} 起在${land(importer)}与${land(exporter)}之间生效`,
  notInForce: (importer, exporter, from) => `${from} 之前在${land(importer)}与${land(exporter)}之间未生效`,
  unknownInForce: (importer, exporter) =>
    `${land(importer)}与${land(exporter)}之间是否适用 RCEP 尚无依据，请向${land(importer)}海关确认`,
  year: (year, importer, from, to) => `${land(importer)}承诺表第 ${year} 年，${from} 至 ${to}`,
  rcepRate: (rate, group) => `RCEP 税率 ${rate}（对 ${group} 的承诺表）`,
  chooseLine: (importer) => `${land(importer)}的税号：各税号税率不同，请用完整税号再查`,
  noCommitment: () => '该税号无关税承诺（U），RCEP 不给予优惠',
  rcepNotLoaded: (importer, group) =>
    `尚未导入${land(importer)}在该日对 ${group} 的 RCEP 税率：请用“reference import rcep-schedule 文件 --importer ${importer} --partners ${group} --edition 2012”导入 ${officialFile(importer, group, 'zh')}${importer === 'JP' ? '，或用“reference import japan-tariff 文件 --year YYYY”导入当年税则' : ''}`,
  mfnNotLoaded: (importer) =>
    importer === 'JP'
      ? '尚未导入 JP 在该日的最惠国税率：请用“reference import japan-tariff 文件 --year YYYY”导入当年税则'
      : `尚未导入${land(importer)}的最惠国实施税率：请用“reference import mfn-tariff 文件 --importer ${importer} --from 日期 --edition 版本”导入 ${importer} 当年税则（CSV：line,rate），或用 mfn 给出；它可能低于 RCEP 税率`,
  givenMfn: () => '提问时给出的最惠国税率',
  noLine: (agreement, edition) => `${agreement}：已导入的税率表（HS ${edition}）在该日没有此子目下的税号`,
  countryOpen: () => 'RCEP 原产国未定，可改为申报的最高税率（第2.6.6条）也不清楚：不能判定适用哪个税率',
  mfnFree: () => '最惠国税率已为零，无须享惠',
  mfnNotHigher: (mfn, rcep) => `最惠国税率 ${mfn} 不高于 RCEP 税率 ${rcep}：按最惠国税率申报，无须原产地证明`,
  rcepLower: (rcep, mfn) => `RCEP 税率 ${rcep} 低于最惠国税率 ${mfn}`,
  undecided: () => '现有信息不足以判断哪个税率更低',
  ruleOfOrigin: (rule) => `货物须满足：${rule}（附件三甲，HS 2022，取自越南法律文本，请向签证机构确认）`,
  noRule: () => '没有该子目的产品特定规则',
  notJudged: () => '尚未判定货物是否原产：请提供物料清单',
  originPassed: (codes) => `货物原产：${codes}`,
  originFailed: () => '货物不符合原产地规则',
  originOpen: () => '根据物料清单无法判定货物是否原产',
  noDifferential: () => '对各成员方税率相同，RCEP 原产国不影响税率',
  differential: (party, rate) => `对各成员方税率不同：RCEP 原产国为${land(party)}的货物适用 ${rate}`,
  differentialUnknown: (groups) => `税率可能因 RCEP 原产国而不同；对 ${groups} 的承诺表尚未导入`,
  proof: () => '申报进口时须持有有效的原产地证明；证明自签发之日起一年内有效',
  noProof: () => '无须原产地证明',
  conditionOrigin: () => '货物符合第三章的原产地规则，且进口时持有有效的原产地证明',
  conditionAgreement: (agreement) =>
    `货物符合 ${agreement} 的原产地规则，并持有该协定的原产地证明、符合其运输规定`,
  conditionConsignment: () => '直接运输（第3.15条）',
  conditionCountryOfOrigin: (parties) => `RCEP 原产国（第2.6条）：${parties}`,
  conditionOtherDuties: () =>
    '仅指关税：进口环节税及其他国内税、反倾销税、反补贴税照征（第2.1条(b)项）；是否有关税配额或保障措施未查',
  conditionTreatySchedule: (edition) =>
    `协定承诺表采用 HS ${edition}：请在进口方现行税率表中核对税号（第2.14条）`,
  conditionUndated: (importer) => `取自未注明日期的税率表：请以${land(importer)}当日实施的税则为准`,
  conditionPrinted: (published) => `以 ${published} 公布的税则为准`,
  baseOnly: (rate) => `基准税率 ${rate}：2014年1月1日实施的最惠国税率，并非现行税率`,
  fact(fact) {
    switch (fact.fact) {
      case 'quantity':
        return `以 ${fact.unit} 计的数量`
      case 'exchange-rate':
        return `${fact.from} 对 ${fact.to} 的汇率`
      case 'currency':
        return '税率所用的货币'
      case 'product':
        return '货物属于税率中列名的哪一种产品'
      case 'former-line':
        return '货物在旧税则中属于哪个税号'
      case 'quota':
        return '是否持有关税配额证'
      case 'no-commitment':
        return '无承诺，因而没有税率'
      case 'formula':
        return `货物以外的数据：${fact.text}`
    }
  },
}

/** The sentences in a language. */
export function adviceText(language: AdviceLanguage): AdviceText {
  return language === 'zh' ? zh : en
}
