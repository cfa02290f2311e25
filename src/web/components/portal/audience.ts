import type { Notice } from '../../api-portal.ts'
import type { useText } from '../../language.tsx'

type Labels = ReturnType<typeof useText>['text']

/** Whom a notice or an event is for, in words. */
export function audienceText(
  { districts, chapters }: Pick<Notice, 'districts' | 'chapters'>,
  text: Labels,
): string {
  const labels = text.portal.events
  const parts = [
    ...(districts.length > 0 ? [labels.forDistricts(districts.join(text.comma))] : []),
    ...(chapters.length > 0 ? [labels.forChapters(chapters.join(text.comma))] : []),
  ]
  return parts.length === 0 ? labels.everybody : parts.join(text.comma)
}

/** The instant of a field for day and time, in the reader's own zone, as the service takes it. */
export function instantOf(local: string): string {
  return new Date(local).toISOString()
}

/** An instant as such a field shows it. */
export function localOf(instant: string): string {
  return new Date(instant)
    .toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
    .replace(' ', 'T')
}
