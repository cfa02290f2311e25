import facts from '../../../data/tariffs/party-groups.json' with { type: 'json' }
import { parties } from '../parties.ts'

/** A group of exporting Parties that one schedule of an importing Party serves; the name lists it ("AU+NZ", "ASEAN", "ALL"). */
export interface PartyGroup {
  name: string
  parties: readonly string[]
}

const groups = new Map<string, PartyGroup[]>(
  Object.entries(facts.groups).map(([importer, names]) => [
    importer,
    names.map((name) => ({ name, parties: membersOf(name).filter((party) => party !== importer) })),
  ]),
)

/** The schedules an importing Party keeps under RCEP; empty for a country that is no Party. */
export function partyGroups(importer: string): readonly PartyGroup[] {
  return groups.get(importer) ?? []
}

/** Whether an importing Party's groups are known from secondary sources only. */
export function isUnsureOfGroups(importer: string): boolean {
  return facts.secondarySource.includes(importer)
}

/** The group whose schedule applies to an exporting Party's goods, or null. */
export function groupOf(importer: string, exporter: string): PartyGroup | null {
  return partyGroups(importer).find((group) => group.parties.includes(exporter)) ?? null
}

/** The group a user names: by its name in any order of its parts, or by a member where that is the whole group. */
export function groupNamed(importer: string, text: string): PartyGroup | null {
  const wanted = sorted(text.toUpperCase().split(/[+,;\s]+/))
  return partyGroups(importer).find((group) => sorted(group.name.split('+')) === wanted) ?? null
}

function membersOf(name: string): readonly string[] {
  if (name === 'ALL') return parties
  return name.split('+').flatMap((part) => (part === 'ASEAN' ? facts.ASEAN : [part]))
}

function sorted(names: string[]): string {
  return names.filter(Boolean).sort().join('+')
}
