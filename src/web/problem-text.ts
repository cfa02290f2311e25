import type { Problem } from '../http/schema.ts'
import { saidText } from './said-text.ts'
import type { Text } from './text/zh.ts'

export interface ProblemText {
  title: string
  /** What was refused, in the reader's words; null where the title says all there is. */
  field: { name: string; value: string; allowed: string } | null
  /** The service's own words, where there are no others. */
  detail: string | null
}

/** Says a problem in the reader's language by its code, field and what is allowed; the service's words only as a last resort. */
export function problemText(problem: Partial<Problem>, status: number, text: Text): ProblemText {
  const { code = '', field, value = '', allowed, detail, said } = problem
  const known = text.problem.byCode[code] ?? text.account.codes[code]
  if (field === undefined) {
    return {
      title: known ?? text.problem.title,
      field: null,
      detail:
        said && detail
          ? saidText(detail, said, text)
          : known
            ? null
            : (detail ?? text.problem.status(status)),
    }
  }
  return {
    title: known ?? text.problem.title,
    field: {
      name: fieldName(field, text),
      value,
      allowed: said ? saidText(allowed ?? detail ?? '', said, text) : allowedText(allowed, text),
    },
    detail: null,
  }
}

/** The name of a field, of a nested one that of its last part, with what comes before it. */
function fieldName(field: string, text: Text): string {
  const last = field.split('.').at(-1) ?? field
  const name = text.account.fields[field] ?? text.account.fields[last]
  return name === undefined ? field : last === field ? name : `${name} (${field})`
}

function allowedText(allowed: string | undefined, text: Text): string {
  if (!allowed) return text.account.refusedValue
  for (const [pattern, words] of text.account.allowed) {
    if (pattern.test(allowed)) return allowed.replace(pattern, words)
  }
  return allowed
}
