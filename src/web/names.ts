import type { Language } from './language.tsx'

/** A thing's name in the reader's language; what is only named in Chinese keeps that name. */
export function nameOf(
  thing: { code: string; nameZh?: string | null; nameEn?: string | null },
  language: Language,
): string {
  const [first, second] = language === 'zh' ? [thing.nameZh, thing.nameEn] : [thing.nameEn, thing.nameZh]
  return first ?? second ?? thing.code
}
