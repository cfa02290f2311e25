import type { StructureFilter } from '../../api.ts'

/** The explorer with the same selection, drilled to a code where one is given. */
export function explorerLink(filter: Omit<StructureFilter, 'top'>): string {
  const { flow, currency, from, to, by, hs, partner } = filter
  const given = Object.entries({ flow, currency, from, to, by, hs, partner }).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  )
  return `/explorer?${new URLSearchParams(given)}`
}
