import { Big } from 'big.js'
import { findByM49, findCountry, partnerKey } from '../reference/countries.ts'
import { normaliseHs, suggestHs } from '../reference/hs.ts'
import type { CodeName } from '../reference/modes.ts'
import type { Reference } from '../reference/parse.ts'
import { formatPeriod, parsePeriod } from '../reference/period.ts'
import { findUnit, toBaseUnit } from '../reference/units.ts'
import { type MessageCode, say } from './messages.ts'

/** A cell turned into what is stored: a value, with `unknown` when it is kept although no list has it, or an error. */
export type CodeCell<T = string> = { value: T; unknown?: string } | { reason: string; hint: string }

/** Spaces around, and the apostrophe with which spreadsheets force text, do not belong to a value. */
export function clean(text: string): string {
  const trimmed = text.trim()
  return apostrophes.has(trimmed.charCodeAt(0)) ? trimmed.slice(1).trim() : trimmed
}

const apostrophes: ReadonlySet<number> = new Set(["'", '‘', '’', '`'].map((mark) => mark.charCodeAt(0)))

/** Markers that stand for "not known" in code and name columns. */
export function isMissing(text: string): boolean {
  return text === '' || text === '-' || text === '--' || text === '?' || text === '?' || text === '…'
}

const rememberedCells = 100_000

/** Remembers results by text, so that a code met in a million rows is decoded once; memory stays bounded. */
export function remember<T>(decode: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = decode(text)
    if (known.size >= rememberedCells) known.clear()
    known.set(ownText(text), value)
    return value
  }
}

/** A copy of a cell to keep: a longer cell is otherwise a window on its chunk of the file, which would stay in memory. */
export function ownText(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}

export interface PeriodCell {
  /** First day, YYYY-MM-DD. */
  start: string
  months: 1 | 2 | 12
}

export function samePeriod(a: PeriodCell, b: PeriodCell): boolean {
  return a.start === b.start && a.months === b.months
}

const earliest = '1962-01-01'

/** Reads a month, the merged January–February, or a year, not before 1962 and not later than `today`. */
export function decodePeriod(text: string, today: string): CodeCell<PeriodCell> {
  const period = parsePeriod(clean(text))
  if (period === null) return noPeriod(clean(text))
  const start = `${period.year}-${String(period.month ?? 1).padStart(2, '0')}-01`
  if (start < earliest) return { reason: say('period-early'), hint: say('mend-1962') }
  if (start > today) return { reason: say('period-ahead'), hint: say('mend-year-month') }
  return { value: { start, months: period.months } }
}

/** Spreadsheets count days from 1899-12-30; these are those of this and the last century since 1982. */
const serialDay = /^([34]\d{4}|5[0-4]\d{3})(?:\.0+)?$/

function noPeriod(text: string): { reason: string; hint: string } {
  const serial = serialDay.exec(text)
  if (serial === null) return { reason: say('period-not'), hint: say('mend-period') }
  const day = new Date(Date.UTC(1899, 11, 30) + Number(serial[1]) * 86_400_000).toISOString().slice(0, 10)
  return { reason: say('period-serial'), hint: say('mend-period-serial', { day }) }
}

/** How reports write a stored period: 2026-03, 2026-01/02 or 2026. */
export function periodLabel(start: string, months: number): string {
  const year = Number(start.slice(0, 4))
  if (months === 12) return formatPeriod({ year, month: null, months: 12 })
  if (months === 2) return formatPeriod({ year, month: 1, months: 2 })
  return formatPeriod({ year, month: Number(start.slice(5, 7)), months: 1 })
}

/** A code of the national statistics. */
export function decodeHs(text: string): CodeCell {
  const code = normaliseHs(clean(text))
  if (code !== null) return { value: code }
  return noHs(clean(text))
}

/** What is wrong with a text that is no product code. */
export function noHs(text: string): { reason: string; hint: string } {
  const code = suggestHs(text)
  return { reason: say('hs-not'), hint: code ? say('mend-zero', { code }) : say('mend-hs') }
}

/** A partner of Chinese files: customs code, alpha-2 or alpha-3 code or name; kept as it is when no list has it. */
export function decodePartner(text: string, reference: Reference): CodeCell {
  const bare = clean(text)
  const country = findCountry(reference.countries, bare)
  if (country) return { value: partnerKey(country) }
  return { value: bare, unknown: kept('unknown-partner') }
}

/** Numbers of the alphanumeric codes that international files give areas without a country. */
const areaNumbers: Readonly<Record<string, string>> = {
  S19: '490',
  A79: '473',
  E19: '568',
  F19: '577',
  A59: '637',
  X1: '837',
  X2: '838',
  XX: '839',
  _X: '899',
}

/**
 * A partner of international files by number, alpha-3 code or name: 0 is the world (W00); an area without a country
 * keeps its number behind `UN`, because customs codes use the same numbers for other places.
 */
export function decodeWorldPartner(
  number: string,
  iso: string,
  name: string,
  reference: Reference,
): CodeCell {
  if (/^0+$/.test(number) || /^(W00|WLD)$/i.test(iso)) return { value: 'W00' }
  const own = number || areaNumbers[iso.toUpperCase()] || ''
  const country =
    (own === '' ? null : findByM49(reference.countries, own)) ??
    (/^[A-Za-z]{3}$/.test(iso) ? findCountry(reference.countries, iso) : null)
  if (country) return { value: partnerKey(country) }
  return {
    value: own === '' ? iso || name : `UN${own}`,
    unknown: say('and-kept', { reason: say('unknown-country', { name: name || iso || number }) }),
  }
}

type UnlistedCode = MessageCode &
  `unknown-${'partner' | 'trade-mode' | 'supervision-mode' | 'transport' | 'district' | 'ownership' | 'enterprise'}`

/** Says that a code no list has is kept. */
export function kept(what: UnlistedCode): string {
  return say('and-kept', { reason: say(what) })
}

/** A code of a list by code or name; `normalise` reads the code forms. Unlisted text is kept and said so. */
export function decodeListed(
  text: string,
  list: readonly CodeName[],
  what: UnlistedCode,
  normalise: (text: string) => string | null,
): CodeCell {
  const bare = clean(text)
  const code = normalise(bare)
  const found = list.find((row) => row.code === code || row.nameZh === bare)
  if (found) return { value: found.code }
  return { value: code ?? bare, unknown: kept(what) }
}

/** A quantity as it is stored: in the base unit of its unit (100 for one 百个). */
export interface Quantity {
  quantity: string | null
  unit: string | null
}

/** Reads quantities with their units; one without a unit keeps its number, a unit no list has is kept as it is. */
export function quantityDecoder(reference: Reference): (quantity: string | null, unit: string) => Quantity {
  const unitOf = remember((text) => findUnit(reference.units, text))
  return (quantity, text) => {
    if (isMissing(text)) return { quantity: quantity === '0' ? null : quantity, unit: null }
    if (quantity === null) return { quantity: null, unit: null }
    const unit = unitOf(text)
    if (unit === null) return { quantity, unit: text }
    if (unit.factor === '1') return { quantity, unit: unit.base }
    const base = toBaseUnit(unit, new Big(quantity))
    return { quantity: base.quantity.toFixed(), unit: base.unit }
  }
}
