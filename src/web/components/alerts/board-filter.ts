import { useSearchParams } from 'react-router'
import type { Warning } from '../../api.ts'
import type { Language } from '../../language.tsx'
import { useChoice } from '../../use-choice.ts'
import { labelText } from '../warning-parts.tsx'

export const severities = ['all', 'critical', 'warning', 'info'] as const
export const topics = ['all', 'fall', 'surge', 'friction', 'band'] as const

/** What of a state is shown; the address holds it. */
export function useBoardFilter(language: Language) {
  const [params, setParams] = useSearchParams()
  const [severity, setSeverity] = useChoice('severity', severities)
  const [topic, setTopic] = useChoice('topic', topics)
  const [owner, setOwner] = useChoice('owner', ['any', 'none'])
  const words = params.get('q') ?? ''
  const change = (changes: Record<string, string>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value)
          else after.delete(name)
        }
        return after
      },
      { replace: true },
    )
  const fitsButSeverity = (warning: Warning) =>
    (topic === 'all' || warning.rule.topic === topic) &&
    (owner === 'any' || warning.acknowledged === null) &&
    hasWords(warning, words, language)
  return {
    severity,
    setSeverity,
    topic,
    setTopic,
    owner,
    setOwner,
    words,
    setWords: (value: string) => change({ q: value }),
    clear: () => change({ q: '', severity: '', topic: '', owner: '' }),
    fitsButSeverity,
    fits: (warning: Warning) =>
      (severity === 'all' || warning.rule.severity === severity) && fitsButSeverity(warning),
  }
}

/** Every word stands in what is shown of the warning, in its codes or in its owner's name. */
function hasWords({ labels, rule, acknowledged }: Warning, words: string, language: Language): boolean {
  const shown = [
    ...labels.flatMap((label) => [label.code, labelText(label, language)]),
    language === 'zh' ? rule.nameZh : rule.nameEn,
    acknowledged?.owner ?? '',
  ]
    .join(' ')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word))
}
