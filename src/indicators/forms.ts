import type { Warning } from './select.ts'

/** Forms of trade made of supervision modes, or of trade modes where a source states only those. */
export const forms = ['general', 'processing', 'ecommerce', 'market-procurement', 'other-forms'] as const
export type Form = (typeof forms)[number]

/** Supervision modes of cross-border e-commerce: parcels, B2B direct, overseas warehouse, bonded. */
const ecommerce = ['9610', '9710', '9810', '1210', '1239']
/** Supplied and imported materials, transfers for deeper processing included; the two-digit codes are trade modes. */
const processing = ['0214', '0255', '0615', '0654', '0715', '14', '15']

/** The form a mode belongs to. */
export function formOf(mode: string): Form {
  if (ecommerce.includes(mode)) return 'ecommerce'
  if (mode === '1039') return 'market-procurement'
  if (processing.includes(mode)) return 'processing'
  return mode === '0110' || mode === '10' ? 'general' : 'other-forms'
}

/** What to know when reading changes by mode: the goods may only have been declared differently. */
export function formWarnings(modes: readonly string[]): Warning[] {
  const young = modes.filter((mode) => ecommerce.includes(mode) || mode === '1039').sort()
  const warnings: Warning[] = []
  if (young.length > 0) {
    const detail = `${young.join(', ')}: goods move there from other modes (0110) without any change of trade; read these lines together`
    warnings.push({ code: 'mode-reclassification', detail })
  }
  if (modes.some((mode) => mode !== '') && modes.every((mode) => mode.length <= 2)) {
    const detail =
      'this source states trade modes: e-commerce and market procurement are within the other forms'
    warnings.push({ code: 'forms-not-stated', detail })
  }
  return warnings
}
