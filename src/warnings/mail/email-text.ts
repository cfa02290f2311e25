import type { DigestLine, DigestWords } from './email.ts'
import { oneLine } from './markup.ts'

/** The digest as plain text, for programs that show no HTML. */
export function digestText(words: DigestWords): string {
  const { text } = words
  const blocks = [
    words.title,
    words.summary,
    ...sectionText(words, text.sectionOpen, { lines: words.open, more: words.moreOpen }),
    ...sectionText(words, words.sectionResolved, { lines: words.resolved, more: words.moreResolved }),
    ...(words.link ? [`${text.openInService}${text.colon}${words.link}`] : []),
    ...(words.attached ? [text.attached] : []),
    [
      words.why,
      words.next,
      words.manageLink ? `${text.manage}${text.colon}${words.manageLink}` : text.manageByReply,
      ...(words.unsubscribeLink ? [`${text.unsubscribe.link}${text.colon}${words.unsubscribeLink}`] : []),
      ...(words.silenceLink ? [`${text.silence}${text.colon}${words.silenceLink}`] : []),
    ].join('\n'),
    `-- \n${text.product}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function sectionText(
  words: DigestWords,
  heading: string,
  { lines, more }: { lines: readonly DigestLine[]; more: number },
): string[] {
  if (lines.length === 0) return []
  const rest = more > 0 ? [words.text.more(more)] : []
  return [`== ${heading} ==`, ...lines.map((line, index) => lineText(words, line, index + 1)), ...rest]
}

function lineText({ text, ownOnly }: DigestWords, line: DigestLine, number: number): string {
  const rows = [
    `${number}. [${line.severity}] [${line.badge}] ${oneLine(line.rule)}`,
    oneLine(line.series),
    [line.when, ...line.notes].join(' · '),
    line.item.withheld ? '' : `${line.value} ← ${line.base}`,
    line.measures.join(text.list),
    line.takeOnLink ? `${text.escalation.takeOn}${text.colon}${line.takeOnLink}` : '',
  ]
  if (line.enterprises.length > 0) {
    rows.push(`${ownOnly ? text.ownAmount : text.exposed}${text.colon}`.trimEnd())
    rows.push(...line.enterprises.map(({ name, amounts }) => `- ${oneLine(name)} ${amounts}`))
    if (line.moreEnterprises > 0) rows.push(`- ${text.otherEnterprises(line.moreEnterprises)}`)
  }
  return rows
    .filter((row) => row !== '')
    .map((row, index) => (index === 0 ? row : `   ${row}`))
    .join('\n')
}
