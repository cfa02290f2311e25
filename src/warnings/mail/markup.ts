/** HTML that is safe to send: made only by the `markup` template, which escapes every value that is not markup itself. */
export interface Markup {
  readonly html: string
}

type Value = string | number | Markup | readonly Markup[]

/** Tagged template: the literal parts are HTML, the values are text. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return {
    html: parts
      .map((part, index) => part + (index < values.length ? asHtml(values[index] ?? '') : ''))
      .join(''),
  }
}

function asHtml(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map(({ html }) => html).join('')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
// Control characters and direction overrides have no place in a mail: they hide or reorder what is written.
const unwanted = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

export function escapeHtml(text: string): string {
  return text.replaceAll(unwanted, '').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** One line of plain text: line breaks and the same unwanted characters go, so that no header or line can be forged. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(unwanted, '').trim()
}
