import { findCountry } from '../reference/countries.ts'
import { readReference } from '../reference/load.ts'

/** WTO members under names that trade statistics do not use. */
const wtoNames: Record<string, string> = {
  'european union': 'EU',
  'chinese taipei': 'TW',
  'hong kong, china': 'HK',
  'macao, china': 'MO',
  'korea, republic of': 'KR',
  'moldova, republic of': 'MD',
  'saudi arabia, kingdom of': 'SA',
  'venezuela, bolivarian republic of': 'VE',
}

/** Finds a partner by name or code as case lists write it; null when it is none. */
export function partnerLookup(): (name: string) => string | null {
  const { countries } = readReference()
  return (name) => {
    const found = findCountry(countries, name)
    return found?.iso2 ?? found?.code ?? wtoNames[name.trim().toLowerCase()] ?? null
  }
}
