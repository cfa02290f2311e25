import { nameInChinese as land } from '../parties.ts'
import type { AdviceLanguage } from './text.ts'

/** Why an answer is less than certain. */
export interface ConfidenceText {
  mapping(edition: string, codes: string[]): string
  treaty(importer: string): string
  undated(importer: string): string
  given: string
  groups(importer: string): string
  givenRule: string
  rule: string
  originOpen: string
  country: string
  appendix(importer: string): string
  customsValue(importer: string): string
  importation: string
  chinaProofs: string
}

const en: ConfidenceText = {
  mapping: (edition, codes) =>
    codes.length === 0
      ? `the code has no counterpart in HS ${edition}, the edition of a table used`
      : `in HS ${edition} the goods may be ${codes.join(', ')}: look at the goods`,
  treaty: (importer) =>
    `the rates are those of the treaty schedule; ${importer}'s current national table, which decides, was not compared`,
  undated: (importer) => `the MFN rates of ${importer} are from an undated extract`,
  given: 'the MFN rate is the one given in the question and was not checked',
  groups: (importer) => `which Parties share a schedule of ${importer} is known from a secondary source`,
  givenRule: 'the rule is the one given in the case and was not compared with the agreement',
  rule: "the product rule is from Viet Nam's legal text in HS 2022; the authentic English text and China's annex were not compared",
  originOpen: 'the goods originate only if what is listed as missing is as assumed',
  country: 'points of Art. 2.6 that no text settles decide the country of origin: have it checked',
  appendix: (importer) =>
    `whether the goods are in the Appendix of ${importer} (Art. 2.6.3), where 20 % must be added in the exporting Party, was not looked up: no Appendix is at hand`,
  customsValue: (importer) =>
    `the value given is taken for the customs value; on which base ${importer} reckons it (CIF or FOB) is recalled, not read`,
  importation:
    'which event counts as importation (arrival or acceptance of the declaration) is domestic law and was not read',
  chinaProofs:
    "China's own limit for small values, and that it refuses declarations of exporters that are not approved, are recalled, not read",
}

const zh: ConfidenceText = {
  mapping: (edition, codes) =>
    codes.length === 0
      ? `该编码在所用税率表的 HS ${edition} 中没有对应编码`
      : `该货物在 HS ${edition} 中可能是 ${codes.join('、')}，须看货物判断`,
  treaty: (importer) => `税率取自协定承诺表，未与${land(importer)}现行税则核对，应以现行税则为准`,
  undated: (importer) => `${land(importer)}的最惠国税率取自未注明日期的摘录`,
  given: '最惠国税率为提问时给出，未经核对',
  groups: (importer) => `${land(importer)}各承诺表适用于哪些成员方取自二手资料`,
  givenRule: '规则为案例自带，未与协定核对',
  rule: '产品特定规则取自越南法律文本（HS 2022），未与协定英文正本及海关总署附件核对',
  originOpen: '货物原产的结论以所列缺少的信息属实为前提',
  country: 'RCEP 原产国取决于第2.6条未明确之处：请人工确认',
  appendix: (importer) =>
    `货物是否列入${land(importer)}的特别货物清单（第2.6.3条附录，须在出口方增值20%）未查：系统没有该清单`,
  customsValue: (importer) =>
    `以所给金额作为完税价格；${land(importer)}的完税价格以到岸价还是离岸价为基础系凭记忆，未经文本核实`,
  importation: '以何时为“进口”（货物抵达或接受申报）由进口方国内法规定，未经文本核实',
  chinaProofs: '中国的小额免证限额、以及不接受非经核准出口商声明，均系凭记忆，未经文本核实',
}

/** The sentences in a language. */
export function confidenceText(language: AdviceLanguage): ConfidenceText {
  return language === 'zh' ? zh : en
}
