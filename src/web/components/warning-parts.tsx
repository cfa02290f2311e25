import type { Warning } from '../api.ts'
import { growth, moneyText, unitFor } from '../format.ts'
import { type Language, useText } from '../language.tsx'
import { nameOf } from '../names.ts'

/** Severity in a word; the colour only repeats it. */
export function Severity({ severity }: { severity: Warning['rule']['severity'] }) {
  const { text } = useText()
  return <span className={`severity ${severity}`}>{text.warnings.severities[severity]}</span>
}

/** What the warning is about: the series' names, then the rule that fired. */
export function WarningSubject({ warning }: { warning: Warning }) {
  const { language, text } = useText()
  const { rule, labels, flow } = warning
  const series = labels.map((label) => labelText(label, language)).join(' · ')
  return (
    <>
      <span>{series || text.warnings.total}</span>{' '}
      <span className="muted">
        {text.flows[flow as 'export' | 'import'] ?? flow} · {language === 'zh' ? rule.nameZh : rule.nameEn}
      </span>
    </>
  )
}

/** A label's name; a code without a name of its own shows its chapter's. */
export function labelText(label: Warning['labels'][number], language: Language): string {
  if (label.name !== 'hs' || label.nameZh !== null) return nameOf(label, language)
  const chapter = language === 'zh' ? label.chapterZh : label.chapterEn
  return `HS ${label.code}${chapter === null ? '' : ` (${chapter})`}`
}

/** The amount, the amount a year earlier and the change between them, in one unit. */
export function ValueAndBase({ warning }: { warning: Warning }) {
  const { language, text } = useText()
  const { value, base, currency } = warning
  const unit = unitFor([value, base], { currency, language, use: 'figure' })
  return (
    <>
      {text.warnings.against(moneyText(value, unit), moneyText(base, unit))}{' '}
      <strong className="nowrap">{growth(warning.change)}</strong>
    </>
  )
}
