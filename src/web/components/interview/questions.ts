import { type Draft, enteredMaterials } from '../origin/draft.ts'

/** The questions in the order a person at the counter would ask them. */
export const questions = [
  'product',
  'place',
  'price',
  'wholly',
  'materials',
  'work',
  'costs',
  'way',
  'proof',
] as const
export type QuestionCode = (typeof questions)[number]

/** The questions this bill needs: goods that are wholly obtained are made of nothing else. */
export function questionsFor(draft: Draft): QuestionCode[] {
  const isWhollyObtained = draft.good.whollyObtained !== undefined
  const idle: readonly QuestionCode[] = isWhollyObtained ? ['materials', 'work', 'costs'] : []
  return questions.filter((question) => !idle.includes(question))
}

/** Whether a question was answered as far as the next one needs it. */
export function isAnswered(question: QuestionCode, draft: Draft): boolean {
  const { good, importer, on } = draft
  switch (question) {
    case 'product':
      return good.hs.replaceAll(/\D/g, '').length >= 6
    case 'place':
      return good.producedIn !== '' && importer !== '' && importer !== good.producedIn && on !== ''
    case 'price':
      return /^\d+(\.\d+)?$/.test(good.fob) && Number(good.fob) > 0
    case 'wholly':
      return good.whollyObtained !== ''
    case 'materials':
      return enteredMaterials(draft).length > 0
    default:
      return true
  }
}

const fields: Record<string, QuestionCode> = {
  'good.hs': 'product',
  'good.producedIn': 'place',
  importer: 'place',
  on: 'place',
  'good.fob': 'price',
  'good.currency': 'price',
  'good.weightKg': 'price',
  'good.whollyObtained': 'wholly',
  operations: 'work',
  via: 'way',
  shippedOn: 'proof',
  issuedOn: 'proof',
}

/** The question a refused field belongs to; null for one that no question asks. */
export function questionOf(path: string): QuestionCode | null {
  const field = path.replace(/^bom\./, '')
  if (field.startsWith('materials')) return 'materials'
  return field.startsWith('costs') ? 'costs' : (fields[field] ?? null)
}
