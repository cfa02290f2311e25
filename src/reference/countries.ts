/** What a partner code stands for; everything but `rate-group` and `neutral` is a valid partner of a trade flow. */
export type PartnerKind = 'country' | 'rest' | 'unknown' | 'organisation' | 'rate-group' | 'neutral'

export type Region = 'asia' | 'africa' | 'europe' | 'latin-america' | 'north-america' | 'oceania' | 'other'

export interface Country {
  /** Three-digit customs code. 142 as a partner means Chinese goods coming back. */
  readonly code: string
  readonly iso2: string | null
  readonly iso3: string | null
  /** UN M49 number without leading zeros. */
  readonly m49: string | null
  /** Number in international trade data (Comtrade, BACI) where it is not the M49 one: 842 for the United States. */
  readonly comtrade: string | null
  readonly nameZh: string
  readonly nameEn: string
  readonly kind: PartnerKind
  readonly region: Region
  /** Other spellings met in files. */
  readonly aliases: readonly string[]
}

/** A country's membership of a group, by ISO2; `to` is the last day, null while it lasts. */
export interface Membership {
  readonly group: string
  readonly member: string
  readonly from: string
  readonly to: string | null
}

export interface CountryIndex {
  readonly all: readonly Country[]
  readonly byCode: ReadonlyMap<string, Country>
  readonly byKey: ReadonlyMap<string, Country>
}

export function indexCountries(all: readonly Country[]): CountryIndex {
  const byKey = new Map<string, Country>()
  for (const country of all) {
    for (const key of keysOf(country)) if (!byKey.has(key)) byKey.set(key, country)
  }
  return { all, byCode: new Map(all.map((country) => [country.code, country])), byKey }
}

/**
 * Finds a partner by customs code, ISO2, ISO3, Chinese or English name or a stored alias. Case, spaces and brackets do not matter.
 * Numbers are always customs codes here: M49 uses the same range for other countries (see findByM49). Unknown text is null.
 */
export function findCountry(index: CountryIndex, text: string): Country | null {
  return index.byKey.get(lookupKey(text)) ?? null
}

/** Finds a country by UN M49 or Comtrade number, as international files give it: `36`, `036` and 36 are Australia, 842 the United States. */
export function findByM49(index: CountryIndex, number: string | number): Country | null {
  const plain = String(number).trim().replace(/^0+/, '')
  return index.all.find((country) => country.m49 === plain || country.comtrade === plain) ?? null
}

/** How facts carry a partner: ISO2, or the customs code where there is none. */
export function partnerKey(country: Country): string {
  return country.iso2 ?? country.code
}

/** The ISO2 codes of a group's members on a date (YYYY-MM-DD), in order. */
export function membersOn(memberships: readonly Membership[], group: string, date: string): string[] {
  return memberships
    .filter((row) => row.group === group && row.from <= date && (row.to === null || date <= row.to))
    .map((row) => row.member)
    .sort()
}

function keysOf(country: Country): string[] {
  const names = [country.code, country.iso3, country.iso2, country.nameZh, country.nameEn, ...country.aliases]
  return names.flatMap((name) => (name === null ? [] : [lookupKey(name)]))
}

function lookupKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,'’()&-]/g, '')
}
