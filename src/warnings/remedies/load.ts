import type { Database } from '../../db/connect.ts'
import { AppError } from '../../errors.ts'
import { findCountry } from '../../reference/countries.ts'
import { readReference } from '../../reference/load.ts'
import { saveRemedies } from './queries.ts'
import { allMembers, type RemedyFile, readRemedies } from './remedy.ts'

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
  // a safeguard is against everyone's exports
  'all members': allMembers,
  all: allMembers,
  所有成员: allMembers,
  全部: allMembers,
}

/** Finds a partner by name or code as case lists write it; null when it is none. */
export function partnerLookup(): (name: string) => string | null {
  const { countries } = readReference()
  return (name) => {
    const found = findCountry(countries, name)
    return found?.iso2 ?? found?.code ?? wtoNames[name.trim().toLowerCase()] ?? null
  }
}

export interface RemedyImport {
  source: string
  cases: number
  againstChina: number
  rejects: RemedyFile['rejects']
}

/** Reads a table of cases and puts them in place of what the source listed before. Throws `refused` when it holds none. */
export async function importRemedies(
  db: Database,
  { rows, source, on }: { rows: readonly (readonly unknown[])[]; source: string; on: string },
): Promise<RemedyImport> {
  const read = readRemedies(rows, partnerLookup(), on)
  if (!read || read.cases.length === 0)
    throw new AppError('refused', 'file: a table with the columns imposing, affected, product and hs', {
      field: 'file',
    })
  await saveRemedies(db, source, read.cases)
  const against = read.cases.filter(({ affected }) => affected === 'CN' || affected === allMembers)
  return { source, cases: read.cases.length, againstChina: against.length, rejects: read.rejects }
}
