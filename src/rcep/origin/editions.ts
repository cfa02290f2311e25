import { type Concordance, type HsEdition, hsEditions, mapCode } from '../../reference/concordance.ts'
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
 * Judges a case by rules of an HS edition (null: of no certain one), into which good and materials are first put; a case that states no
 * edition is taken to be in that of the rules. Where a code may be several, every reading is judged: the verdict must be that of all,
 * or it is needs-info, and what differs between readings is left out. A code without a counterpart makes no change of
 * classification that could be relied on.
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
  const stated = input.good.edition ?? edition
  const mapped = [...new Set(codesOf(input.materials, [input.good.hs.slice(0, 6)]))].map((hs) => ({
    hs,
    candidates: candidatesOf(concordance, hs, stated, edition),
  }))
  const unknownCodes = new Set(mapped.flatMap(({ hs, candidates }) => (candidates.length === 0 ? [hs] : [])))
  const doubts = mapped.filter(({ candidates }) => candidates.length > 1)
  const [first, ...others] = readings(mapped, doubts).map((names) =>
    evaluateOrigin(renamed(input, names, edition), { ...facts, unknownCodes }, { language }),
  )
  if (!first) throw new RangeError('a case has at least one reading')
  const complete = readingCount(doubts) <= mostReadings
  const agree = (of: (result: OriginResult) => unknown) =>
    complete && others.every((other) => isSame(of(other), of(first)))
  const sameVerdict = agree(({ verdict }) => verdict)
  if (sameVerdict && agree(({ codes, certificate }) => [codes, certificate])) return first
  const { missing } = originText(language)
  const open = doubts.map(({ hs, candidates }) => missing.code(hs, stated ?? '', edition ?? '', candidates))
  return {
    ...first,
    verdict: sameVerdict ? first.verdict : 'needs-info',
    criterion: null,
    codes: [],
    rule: agree(({ rule }) => rule) ? first.rule : null,
    certificate: null,
    rcepCountryOfOrigin: null,
    missing: [...open, ...first.missing],
  }
}

/** The codes of the rules' edition a code may be; for rules of no edition itself, if any edition has it. */
function candidatesOf(
  concordance: Concordance,
  hs: string,
  from: HsEdition | null,
  to: HsEdition | null,
): readonly string[] {
  if (from !== null && to !== null) return mapCode(concordance, hs, from, to).candidates
  return hsEditions.some((edition) => concordance.codes.get(edition)?.has(hs)) ? [hs] : []
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function codesOf(materials: readonly OriginMaterial[], codes: string[]): string[] {
  for (const material of materials) {
    codes.push(material.hs.slice(0, 6))
    codesOf(material.materials ?? [], codes)
  }
  return codes
}

function readingCount(doubts: readonly Doubt[]): number {
  return doubts.reduce((count, { candidates }) => count * candidates.length, 1)
}

/** Every combination of candidates, at most as many as are judged; a code without a counterpart keeps its digits. */
function readings(mapped: readonly Doubt[], doubts: readonly Doubt[]): Map<string, string>[] {
  const sure = mapped.map(({ hs, candidates: [only = hs] }): [string, string] => [hs, only])
  return doubts.reduce<Map<string, string>[]>(
    (all, { hs, candidates }) =>
      all.flatMap((so) => candidates.map((name) => new Map([...so, [hs, name]]))).slice(0, mostReadings),
    [new Map(sure)],
  )
}

function renamed(
  input: OriginCase,
  names: ReadonlyMap<string, string>,
  edition: HsEdition | null,
): OriginCase {
  const nameOf = (hs: string) => names.get(hs.slice(0, 6)) ?? hs.slice(0, 6)
  const rename = (materials: readonly OriginMaterial[]): OriginMaterial[] =>
    materials.map((material) => ({
      ...material,
      hs: nameOf(material.hs),
      ...(material.materials ? { materials: rename(material.materials) } : {}),
    }))
  return {
    ...input,
    good: { ...input.good, hs: nameOf(input.good.hs), ...(edition && { edition }) },
    materials: rename(input.materials),
  }
}
