/** A rule and the row it stood on: `code` is that row's chapter (2), heading (4) or subheading (6). */
export interface RuleRow<T> {
  rule: T
  level: 2 | 4 | 6
  code: string
}

/**
 * The rule of a subheading among the rows of one agreement, which stand on subheadings, headings and chapters: the most
 * detailed row wins. `hs6` is six digits in the edition of the rows; null when no row covers it or it is no subheading.
 */
export function ruleFor<T>(rules: ReadonlyMap<string, T>, hs6: string): RuleRow<T> | null {
  if (!/^\d{6}$/.test(hs6)) return null
  for (const level of [6, 4, 2] as const) {
    const code = hs6.slice(0, level)
    const rule = rules.get(code)
    if (rule !== undefined) return { rule, level, code }
  }
  return null
}
