import facts from '../../../data/origin/rcep/consignment.json' with { type: 'json' }
import { nameInChinese } from '../parties.ts'
import type { AdviceLanguage } from './text.ts'
import type { Point, Question } from './types.ts'

/** What to look to on the way (Art. 3.15): the general points, those of the importing Party, and those of places passed. */
export function consignmentPoints({ importer, exporter, via }: Question, language: AdviceLanguage): Point[] {
  const ofImporters: Record<string, typeof facts.points | undefined> = facts.importers
  const ofPlaces: Record<string, (typeof facts.points)[number] | undefined> = facts.via
  const own = ofImporters[importer] ?? []
  // What is known of Hong Kong and Macao is China's practice as importing Party.
  const passed = own.length > 0 ? via.flatMap((place) => ofPlaces[place] ?? []) : []
  const name = language === 'zh' ? nameInChinese : (code: string) => code
  return [...facts.points, ...own, ...passed].map(({ code, text, cite }) => ({
    code,
    text: text[language].replaceAll('{exporter}', name(exporter)).replaceAll('{importer}', name(importer)),
    cite,
  }))
}
