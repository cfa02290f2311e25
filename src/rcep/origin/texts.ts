import type { OriginLanguage, OriginText } from './text.ts'
import { en } from './text-en.ts'
import { zh } from './text-zh.ts'

/** The sentences of an origin verdict in a language. */
export function originText(language: OriginLanguage): OriginText {
  return language === 'zh' ? zh : en
}
