/** A line of the bill as it is being typed. What a loaded file has beyond the fields of the editor is kept. */
export interface DraftMaterial {
  id: string
  hs: string
  value: string
  weightKg?: string | null
  role?: string
  origin?: { status: OriginStatus; party?: string; country?: string; evidence?: string }
  materials?: unknown[]
  [other: string]: unknown
}

export const originStatuses = ['originating', 'non-originating', 'unknown'] as const
type OriginStatus = (typeof originStatuses)[number]

export const roles = ['material', 'accessory', 'retail-packaging', 'transport-packing', 'indirect'] as const

/** An origin case as it is being typed: the shape POST /rcep/origin takes, its fields still empty or wrong. */
export interface Draft {
  good: {
    hs: string
    producedIn: string
    fob: string
    currency?: string
    weightKg?: string | null
    [other: string]: unknown
  }
  importer: string
  on: string
  /** Absent where the agreement's own rule applies. */
  rule?: string | null
  operations?: string[]
  materials: DraftMaterial[]
  [other: string]: unknown
}

/** Operations of Art. 3.6 that confer no origin, by their codes, in its order. */
export const minimalOperations = [
  'preserving',
  'packing',
  'presenting',
  'sifting',
  'screening',
  'sorting',
  'classifying',
  'sharpening',
  'cutting',
  'slitting',
  'grinding',
  'bending',
  'coiling',
  'uncoiling',
  'marking',
  'labelling',
  'dilution',
  'disassembly',
  'slaughter',
  'simple-painting',
  'simple-polishing',
  'peeling',
  'stoning',
  'shelling',
  'simple-mixing',
] as const

/** The code by which the editor says that more was done than Art. 3.6 lists. */
export const moreThanMinimal = 'more-than-minimal'

/** Nothing typed yet: made in China, sold to Japan, today. */
export function emptyDraft(today: string): Draft {
  return {
    good: { hs: '', edition: '2022', producedIn: 'CN', fob: '', currency: 'USD' },
    importer: 'JP',
    on: today,
    agreement: 'RCEP',
    materials: [{ id: '1', hs: '', value: '', origin: { status: 'unknown' } }],
  }
}

/** A new line under an id no other line has. */
export function withNewMaterial(draft: Draft): Draft {
  const ids = new Set(draft.materials.map(({ id }) => id))
  let number = draft.materials.length + 1
  while (ids.has(String(number))) number += 1
  const added: DraftMaterial = { id: String(number), hs: '', value: '', origin: { status: 'unknown' } }
  return { ...draft, materials: [...draft.materials, added] }
}

/** The case to be judged: without lines in which nothing was entered and without empty optional fields. */
export function caseOf(draft: Draft): Draft {
  const { rule, ...rest } = draft
  return {
    ...rest,
    ...(rule && { rule }),
    good: { ...draft.good, hs: digitsOf(draft.good.hs), weightKg: draft.good.weightKg || null },
    materials: enteredMaterials(draft).map((material) => ({
      ...material,
      hs: digitsOf(material.hs),
      weightKg: material.weightKg || null,
    })),
  }
}

/** Whether enough was entered to ask: the good, its price, and what it is made of or that it is wholly obtained. */
export function isAskable({ good, ...draft }: Draft): boolean {
  // Wholly obtained on a ground still to be chosen is no answer yet.
  if (good.whollyObtained === '') return false
  const isMade = good.whollyObtained !== undefined || enteredMaterials({ good, ...draft }).length > 0
  return good.hs !== '' && good.fob !== '' && isMade
}

export function enteredMaterials(draft: Draft): DraftMaterial[] {
  return draft.materials.filter(({ hs, value }) => hs !== '' || value !== '')
}

/** The lines named in a proposed change taken as originating where the good is made; null where one is of a sub-bill. */
export function withSwitched(draft: Draft, ids: readonly string[]): Draft | null {
  if (!ids.every((id) => draft.materials.some((material) => material.id === id))) return null
  const origin = { status: 'originating', party: draft.good.producedIn } as const
  return {
    ...draft,
    materials: draft.materials.map((material) =>
      ids.includes(material.id) ? { ...material, origin } : material,
    ),
  }
}

/** Whether the good is in the Appendix of the importing Party, as far as the case says. */
export function listedIn({ appendix }: Draft): boolean | null {
  return isObject(appendix) && typeof appendix.listed === 'boolean' ? appendix.listed : null
}

export function withListed({ appendix: _, ...draft }: Draft, listed: boolean | null): Draft {
  return listed === null ? draft : { ...draft, appendix: { listed } }
}

/** A case read from a file, or null when it is none. What is wrong in a field the service says. */
export function draftIn(content: string): Draft | null {
  try {
    const found: unknown = JSON.parse(content)
    return isDraft(found) ? found : null
  } catch {
    return null
  }
}

function isDraft(value: unknown): value is Draft {
  if (!isObject(value) || !isObject(value.good) || !hasTexts(value.good, ['hs', 'fob', 'producedIn']))
    return false
  if (!hasTexts(value, ['importer', 'on']) || !Array.isArray(value.materials)) return false
  if (value.operations !== undefined && !Array.isArray(value.operations)) return false
  return value.materials.every((material) => isObject(material) && hasTexts(material, ['id', 'hs', 'value']))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasTexts(value: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string')
}

/** A code without the dots people write; what is no code at all is left for the service to refuse. */
function digitsOf(typed: string): string {
  const digits = typed.replaceAll(/[.\s]/g, '')
  return /^\d+$/.test(digits) ? digits : typed
}
