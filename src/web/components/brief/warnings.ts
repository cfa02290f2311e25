import type { BriefFacts } from '../../api-brief.ts'
import { growth, missing, moneyText, month, unitFor } from '../../format.ts'
import { labelText } from '../warning-parts.tsx'
import type { Block } from './blocks.ts'
import type { Writer } from './writer.ts'

const shown = 10
const severities = ['critical', 'warning', 'info'] as const

/** What stands open with the newest data, the gravest first. */
export function warnings({ warnings: asked }: BriefFacts, last: string, to: Writer): Block[] {
  const { words, text, language } = to
  const open = asked.reply?.data ?? []
  const lastMonth = month(last, language)
  if (open.length === 0) return [{ kind: 'paragraph', pieces: [words.noWarnings(lastMonth)] }]
  const bySeverity = severities.flatMap((severity) => {
    const found = open.filter(({ rule }) => rule.severity === severity).length
    return found === 0
      ? []
      : [words.severityCount(text.warnings.severities[severity], to.count(found, asked.url))]
  })
  const unowned = open.filter(({ acknowledged }) => acknowledged === null).length
  const sentence = words.warningCount({
    last: lastMonth,
    open: to.count(open.length, asked.url),
    bySeverity,
    unowned: to.count(unowned, asked.url),
  })
  const rest = open.length - shown
  return [
    { kind: 'paragraph', pieces: sentence },
    {
      kind: 'table',
      title: words.warningTable,
      url: asked.url,
      columns: [
        { name: words.columns.severity, kind: 'short' },
        { name: words.columns.subject, kind: 'words' },
        { name: words.columns.against, kind: 'words' },
        { name: words.columns.since, kind: 'short' },
        { name: words.columns.owner, kind: 'short' },
      ],
      rows: open.slice(0, shown).map((warning) => row(warning, to)),
    },
    ...(rest > 0 ? [{ kind: 'paragraph' as const, pieces: [words.moreWarnings(rest)] }] : []),
  ]
}

type Warning = NonNullable<BriefFacts['warnings']['reply']>['data'][number]

function row(warning: Warning, { language, text }: Writer): string[] {
  const { rule, labels, value, base, currency, firedPeriod, acknowledged } = warning
  const series = labels.map((label) => labelText(label, language)).join(' · ') || text.warnings.total
  const unit = unitFor([value, base], { currency, language, use: 'figure' })
  return [
    text.warnings.severities[rule.severity],
    `${language === 'zh' ? rule.nameZh : rule.nameEn}${text.colon}${series}`,
    `${text.warnings.against(moneyText(value, unit), moneyText(base, unit))} ${growth(warning.change)}`,
    firedPeriod === null ? missing : month(firedPeriod, language),
    acknowledged?.owner ?? text.warnings.nobody,
  ]
}
