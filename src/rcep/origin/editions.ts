import { type Concordance, type HsEdition, mapCode } from '../../reference/concordance.ts'
import type { OriginCase, OriginMaterial } from './case.ts'
import { evaluateOrigin, type OriginFacts } from './evaluate.ts'
import type { OriginResult } from './result.ts'
import type { OriginLanguage } from './text.ts'
import { originText } from './texts.ts'

interface Doubt {
  hs: string
  candidates: readonly string[]
}

const mostReadings = 32

/**
 * Judges a case by rules of another HS edition: good and materials are first put into that edition. Where a code may be
 * several, every reading is judged and they must agree; otherwise, and where a code has no counterpart, the verdict is
 * needs-info and names the code.
 */
export function judgeInEdition(
  input: OriginCase,
  facts: OriginFacts,
  {
    edition,
    concordance,
    language,
  }: { edition: HsEdition | null; concordance: Concordance; language: OriginLanguage },
): OriginResult {
  const stated = input.good.edition
  if (edition === null || stated === undefined || stated === edition)
    return evaluateOrigin(input, facts, { language })
  const codes = [...new Set(codesOf(input.materials, [input.good.hs.slice(0, 6)]))]
  const mapped = codes.map((hs) => ({ hs, candidates: mapCode(concordance, hs, stated, edition).candidates }))
  const doubts = mapped.filter(({ candidates }) => candidates.length !== 1)
  const results = readings(mapped).map((names) =>
    evaluateOrigin(renamed(input, names, edition), facts, { language }),
  )
  const [first] = results
  if (!first) throw new RangeError('a case has at least one reading')
  const settled =
    readingCount(doubts) <= mostReadings &&
    doubts.every(({ candidates }) => candidates.length > 0) &&
    results.every(({ verdict }) => verdict === first.verdict)
  if (settled) return first
  const { missing } = originText(language)
  const open = doubts.map(({ hs, candidates }) => missing.code(hs, stated, edition, candidates))
  return {
    ...first,
    verdict: 'needs-info',
    criterion: null,
    codes: [],
    rule: results.every(({ rule }) => rule === first.rule) ? first.rule : null,
    certificate: null,
    rcepCountryOfOrigin: null,
    missing: [...open, ...first.missing],
  }
}

function codesOf(materials: readonly OriginMaterial[], codes: string[]): string[] {
  for (const material of materials) {
    codes.push(material.hs.slice(0, 6))
    codesOf(material.materials ?? [], codes)
  }
  return codes
}

function readingCount(doubts: readonly Doubt[]): number {
  return doubts.reduce((count, { candidates }) => count * Math.max(1, candidates.length), 1)
}

/** Every combination of candidates, at most as many as are judged; a code without a counterpart keeps its digits. */
function readings(mapped: readonly Doubt[]): Map<string, string>[] {
  let all: Map<string, string>[] = [new Map()]
  for (const { hs, candidates } of mapped) {
    const names = candidates.length > 0 ? candidates : [hs]
    all = all.flatMap((so) => names.map((name) => new Map([...so, [hs, name]]))).slice(0, mostReadings)
  }
  return all
}

function renamed(input: OriginCase, names: ReadonlyMap<string, string>, edition: HsEdition): OriginCase {
  const nameOf = (hs: string) => names.get(hs.slice(0, 6)) ?? hs.slice(0, 6)
  const rename = (materials: readonly OriginMaterial[]): OriginMaterial[] =>
    materials.map((material) => ({
      ...material,
      hs: nameOf(material.hs),
      ...(material.materials ? { materials: rename(material.materials) } : {}),
    }))
  return {
    ...input,
    good: { ...input.good, hs: nameOf(input.good.hs), edition },
    materials: rename(input.materials),
  }
}
