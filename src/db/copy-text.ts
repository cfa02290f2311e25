export type CopyValue = string | number | boolean | null

/** One row in Postgres' text format for COPY: tab between values, \N for null, backslash escapes. */
export function copyRow(values: readonly CopyValue[]): string {
  const [first = null, ...others] = values
  let row = copyValue(first)
  for (const value of others) row += `\t${copyValue(value)}`
  return `${row}\n`
}

const special = /[\\\t\n\r\b\f\v]/g
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** A single value in that format. */
export function copyValue(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value !== 'string') return String(value)
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 32 || code === 92) return value.replace(special, (character) => escapes[character] ?? '')
  }
  return value
}
