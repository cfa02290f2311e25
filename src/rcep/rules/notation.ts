/** Rule texts are a few hundred characters; anything longer is a document, not a rule. */
export const LONGEST_TEXT = 4000

const NUMBER = String.raw`(\d{1,3}(?:\.\d+)?)`
const CHAPTER = String.raw`(?:\d{1,2}(?![\d.])|[一二三四五六七八九十]{1,3})`
const CHAPTER_JOIN = String.raw`\s*(?:[、,~-]|至|到|或者?|和|及|与)\s*`
const AT_LEAST = '(?:不少于|不低于|不小于|至少为?|达到|大于或?等于|≥|>=)'
const CHANGED = '(?:(?:转变|改变|转换)(?:而?来|至此)?)?(?:的)?(?:材料)?'

/** Chinese words for the notation of Annex 3A, in the order they must be replaced (longer before shorter). */
const words: [RegExp, string][] = [
  [/完全(?:获得|取得)(?:或者?(?:完全)?生产)?(?:\s?\(WO\))?/giu, ' WO '],
  [/(?:子目改变|(?:六|6)位(?:级)?(?:税号|税则归类)改变)(?:\s?\(CTSH\))?/giu, ' CTSH '],
  [/(?:(?:品目|税目)改变|(?:四|4)位(?:级)?(?:税号|税则归类)改变)(?:\s?\(CTH\))?/giu, ' CTH '],
  [/章改变(?:\s?\(CC\))?/giu, ' CC '],
  [/化学反应(?:规则|标准)?(?:\s?\(CR\))?/giu, ' CR '],
  [
    new RegExp(
      String.raw`区域价值(?:成分|成份|含量)(?:\s?\(RVC\))?\s?(?:应|应当|须)?为?${AT_LEAST}?\s?(?:${NUMBER}\s?%?(?:及?以上)?|\(${NUMBER}\s?%?\))`,
      'gu',
    ),
    ' RVC$1$2 ',
  ],
  [
    new RegExp(
      String.raw`所用(?:的)?(?:全部)?材料(?:中)?,?\s?按重量计,?\s?${AT_LEAST}\s?${NUMBER}\s?%\s?(?:(?:具备|具有)原产资格|(?:应)?为原产(?:材料)?)`,
      'gu',
    ),
    ' at least $1 per cent by weight of the materials used is originating ',
  ],
  [new RegExp(`(?:但是?\\s?(?:从|由|自)?|从|由|自)([^;:()%]*?)${CHANGED}除外`, 'gu'), ' (except from $1) '],
  [
    /但(?:不得|不包括)(?:从|由|自)([^;:()%]*?)(?:转变|改变|转换)(?:而?来|至此)?(?:的)?/gu,
    ' (except from $1) ',
  ],
  [new RegExp(`但?除(?:从|由|自)?([^;:()%]+?)${CHANGED}以?外`, 'gu'), ' (except from $1) '],
  [/\(\s*(\(except from [^()]*\))\s*\)/gu, '$1'],
  [/但?(?:前提|条件)(?:是|为),?/gu, ' provided that '],
  [/(?:并且|而且|且|并)?同时|并且|而且|以及|且|及|和|与/gu, ' and '],
  [/或者|或/gu, ' or '],
  [/至|到/gu, ' through '],
  [/子目/gu, ' subheading '],
  [/品目|税目/gu, ' heading '],
  [/从|由|自/gu, ' from '],
  [/、/gu, ','],
]

const chapterList = new RegExp(`(?<![\\d.])第?\\s?(${CHAPTER}(?:${CHAPTER_JOIN}${CHAPTER})*)\\s?章`, 'gu')

/** 第五十四 → 54; digits stay. */
function chapterNumber(text: string): string {
  if (/^\d/.test(text)) return text
  const digit = (character: string) => '一二三四五六七八九'.indexOf(character) + 1
  const ten = text.indexOf('十')
  if (ten < 0) return [...text].map((character) => String(digit(character))).join('')
  const tens = ten === 0 ? 1 : digit(text.charAt(0))
  const shapely = ten <= 1 && text.length <= ten + 2
  return shapely ? String(tens * 10 + digit(text.charAt(ten + 1))) : text
}

function chapters(list: string): string {
  return ` chapter ${list.replace(new RegExp(CHAPTER, 'gu'), chapterNumber)} `
}

/** Footnote marks (², ①), which must not become digits of the number before them. */
const noFootnotes = /[^\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff\u2776-\u2793]+/gu

/** One spelling of width, space and line breaks; a final full stop goes, as table cells put it or leave it. */
export function tidy(text: string): string {
  return text
    .replace(noFootnotes, (run) => run.normalize('NFKC'))
    .replace(/\u200b|\u200c|\u200d|\ufeff|\u00ad/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim()
    .replace(/ ?[.。]$/u, '')
}

/**
 * Tidied text with its Chinese words put into the English notation of Annex 3A, so that one grammar reads both.
 * Words it does not know stay as they are, for the grammar to refuse.
 */
export function toNotation(tidied: string): string {
  const start = tidied.replace(chapterList, (_, list: string) => chapters(list))
  return words.reduce((text, [pattern, notation]) => text.replace(pattern, notation), start).trim()
}
