import { Big } from 'big.js'
import { labelPeriod, parsePeriod } from '../reference/period.ts'
import type { Language } from './mail/text.ts'
import { mailTexts } from './mail/texts.ts'
import { isGrowth, isStatistic, type Measure } from './rule.ts'
import type { Label } from './schema.ts'

/** An amount people read: 123.5 万美元 / 1.24 亿美元, USD 1.24 million; `-` for none. */
export function amountText(amount: string | null, currency: 'USD' | 'CNY', language: Language): string {
  if (amount === null) return '-'
  const value = new Big(amount)
  const size = value.abs()
  if (language === 'en') {
    if (size.gte(1_000_000)) return `${currency} ${grouped(value.times('0.000001'), 2)} million`
    return `${currency} ${grouped(value, 0)}`
  }
  const { wan, yi } = mailTexts.zh.unit
  if (size.gte(100_000_000)) return `${grouped(value.times('0.00000001'), 2)} ${yi[currency]}`
  return `${grouped(value.times('0.0001'), value.eq(0) ? 0 : 1)} ${wan[currency]}`
}

/** A rate with its sign, `+35.2%` or `−100.0%`; null for none. */
export function rateText(change: string | null): string | null {
  if (change === null) return null
  const percent = new Big(change).times(100).round(1)
  const sign = percent.gt(0) ? '+' : percent.lt(0) ? '−' : ''
  return `${sign}${grouped(percent.abs(), 1)}%`
}

/** A measure as people read it: growth and balance with a sign, a share in percent, other levels as numbers; null for none. */
export function measureText(measure: Measure, change: string | null): string | null {
  if (change === null) return null
  if (isGrowth(measure) || measure === 'balance') return rateText(change)
  if (measure === 'share') return `${grouped(new Big(change).times(100), 1)}%`
  const number = grouped(new Big(change), isStatistic(measure) ? 1 : 3).replace('-', '−')
  return isStatistic(measure) && new Big(change).gt(0) ? `+${number}` : number
}

/** `2026年10月`, `Jan–Feb 2026`. */
export function periodText(period: string, language: Language): string {
  const parsed = parsePeriod(period)
  return parsed ? labelPeriod(parsed, language) : period
}

/** A date as people read it, in one piece: `2026年12月23日`, `23 Dec 2026`. */
export function dayText(date: string, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-')
  if (language === 'zh') return `${year}年${Number(month)}月${Number(day)}日`
  const name = periodText(`${year}-${month}`, 'en').slice(0, 3)
  return `${Number(day)}\u00a0${name}\u00a0${year}`
}

/** `美国 · 940360 其他木家具`: who and what a warning is about. Where a name is missing the code stands alone. */
export function seriesText(labels: readonly Label[], language: Language): string {
  const text = mailTexts[language]
  if (labels.length === 0) return text.all
  return labels.map((label) => labelText(label, language)).join(' · ')
}

function labelText(label: Label, language: Language): string {
  const { name, code, nameZh } = label
  const text = mailTexts[language]
  // goods are named in Chinese only, enterprises by the name they have
  const known = language === 'zh' || name === 'enterprise' ? nameZh : label.nameEn
  if (name === 'hs') {
    const chapter = language === 'zh' ? label.chapterZh : label.chapterEn
    if (known) return `${code} ${shortened(known)}`
    return chapter ? `${code}${text.inChapter(code.slice(0, 2), shortened(chapter))}` : `HS ${code}`
  }
  return known ? shortened(known) : `${text.label[name] ?? name} ${code}`
}

const longestName = 40

function shortened(name: string): string {
  const characters = [...name]
  return characters.length <= longestName ? name : `${characters.slice(0, longestName - 1).join('')}…`
}

function grouped(value: Big, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.')
  const marked = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? marked : `${marked}.${fraction}`
}
