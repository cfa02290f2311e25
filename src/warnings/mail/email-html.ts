import { Big } from 'big.js'
import type { Severity } from '../rule.ts'
import type { DigestLine, DigestWords } from './email.ts'
import { type Markup, markup } from './markup.ts'

// Mail programs keep tables, attributes and inline styles; they drop style sheets, scripts and outside images. Text and ground are both
// set everywhere, so a program that darkens mails darkens both.
const font =
  "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif;"
const ink = 'color:#1f2933;'
const muted = 'color:#52606d;'
const severityColour: Record<Severity, string> = { critical: '#a8201a', warning: '#8d5b00', info: '#35608f' }
const barColour = { value: '#35608f', base: '#b8c2cc' }

/** The digest as an HTML page of tables, 640 pixels wide at most, without anything fetched from outside. */
export function digestHtml(words: DigestWords): string {
  const { text } = words
  const lang = words.language === 'zh' ? 'zh-CN' : 'en'
  const body = markup`<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title></head>
<body style="margin:0;padding:0;background-color:#f2f4f6;" bgcolor="#f2f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f4f6"><tr><td align="center" style="padding:16px 8px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="max-width:640px;background-color:#ffffff;border:1px solid #dde3e8;${font}">
<tr><td style="padding:20px 20px 4px;${ink}"><h1 style="margin:0;font-size:20px;line-height:28px;${ink}">${words.title}</h1>
<p style="margin:6px 0 0;font-size:14px;line-height:22px;${ink}">${words.summary}</p></td></tr>
${section(words, text.sectionOpen, { lines: words.open, more: words.moreOpen })}
${section(words, words.sectionResolved, { lines: words.resolved, more: words.moreResolved })}
${wayIn(words)}<tr><td style="padding:12px 20px 18px;border-top:1px solid #dde3e8;font-size:12px;line-height:20px;${muted}">${words.why}<br>${words.next}<br>${choices(words)}<br>${text.product}</td></tr>
</table></td></tr></table></body></html>
`
  return body.html
}

function wayIn({ text, link, attached }: DigestWords): Markup {
  if (!link && !attached) return markup``
  const open = link ? anchor(link, text.openInService) : markup``
  return markup`<tr><td style="padding:16px 20px;font-size:14px;line-height:22px;${ink}">${open}${attached ? ` ${text.attached}` : ''}</td></tr>
`
}

function choices({ text, manageLink, silenceLink, unsubscribeLink }: DigestWords): Markup {
  if (unsubscribeLink) return markup`${text.manageByReply} ${anchor(unsubscribeLink, text.unsubscribe.link)}`
  if (!manageLink) return markup``
  const silence = silenceLink ? markup` · ${anchor(silenceLink, text.silence)}` : markup``
  return markup`${anchor(manageLink, text.manage)}${silence}`
}

function anchor(address: string, words: string): Markup {
  return markup`<a href="${address}" style="color:#1f4e79;">${words}</a>`
}

function section(
  words: DigestWords,
  heading: string,
  { lines, more }: { lines: readonly DigestLine[]; more: number },
): Markup {
  if (lines.length === 0) return markup``
  const rest =
    more > 0
      ? markup`<tr><td style="padding:8px 20px;font-size:13px;line-height:20px;${muted}">${words.text.more(more)}</td></tr>`
      : markup``
  return markup`<tr><td style="padding:18px 20px 6px;"><h2 style="margin:0;font-size:15px;line-height:22px;${ink}">${heading}</h2></td></tr>
${lines.map((line) => row(words, line))}${rest}`
}

function row(words: DigestWords, line: DigestLine): Markup {
  const colour = severityColour[line.item.warning.rule.severity]
  const details = [line.when, ...line.notes].join(' · ')
  const takeOn = line.takeOnLink
    ? markup`<br>${anchor(line.takeOnLink, words.text.escalation.takeOn)}`
    : markup``
  return markup`<tr><td style="padding:10px 20px;border-top:1px solid #eef1f4;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="font-size:12px;line-height:18px;${muted}"><b style="color:${colour};">${line.severity} · ${line.badge}</b>&nbsp; ${line.rule}</td>
<td width="90" align="right" valign="top" rowspan="2" style="font-size:16px;line-height:22px;white-space:nowrap;${ink}"><b>${line.change}</b></td></tr>
<tr><td style="font-size:15px;line-height:22px;${ink}"><b>${line.link ? markup`<a href="${line.link}" style="text-decoration:none;${ink}">${line.series}</a>` : line.series}</b></td></tr>
<tr><td colspan="2" style="font-size:12px;line-height:18px;${muted}">${details}<br>${line.measures.join(words.text.list)}${takeOn}</td></tr></table>
${bars(words, line)}
${enterprises(words, line)}</td></tr>
`
}

/** This year's amount over last year's, as two bars on one scale. */
function bars({ text }: DigestWords, line: DigestLine): Markup {
  const { value, base } = line.item.warning
  if (value === null || base === null) return markup``
  const [now, before] = widths(value, base)
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px;">
${bar({ label: text.thisYear, amount: line.value, width: now, colour: barColour.value })}
${bar({ label: text.lastYear, amount: line.base, width: before, colour: barColour.base })}</table>`
}

function bar(part: { label: string; amount: string; width: number; colour: string }): Markup {
  const rest = 100 - part.width
  const filled =
    part.width > 0
      ? markup`<td width="${part.width}%" height="10" bgcolor="${part.colour}" style="background-color:${part.colour};font-size:0;line-height:10px;">&nbsp;</td>`
      : markup``
  const empty =
    rest > 0
      ? markup`<td width="${rest}%" height="10" style="font-size:0;line-height:10px;">&nbsp;</td>`
      : markup``
  return markup`<tr><td width="72" style="font-size:12px;line-height:18px;white-space:nowrap;${muted}">${part.label}</td>
<td><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${filled}${empty}</tr></table></td>
<td width="130" align="right" style="font-size:12px;line-height:18px;white-space:nowrap;${ink}">${part.amount}</td></tr>`
}

/** Whole percents of the larger of the two; anything above nothing is at least visible. */
function widths(value: string, base: string): [number, number] {
  const largest = Math.max(Number(value), Number(base))
  const width = (amount: string) =>
    new Big(amount).lte(0) ? 0 : Math.max(1, Math.round((Number(amount) / largest) * 100))
  return [width(value), width(base)]
}

function enterprises({ text, ownOnly }: DigestWords, line: DigestLine): Markup {
  if (line.enterprises.length === 0) return markup``
  const rest =
    line.moreEnterprises > 0
      ? markup`<tr><td colspan="2" style="font-size:12px;line-height:18px;${muted}">${text.otherEnterprises(line.moreEnterprises)}</td></tr>`
      : markup``
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px;">
<tr><td colspan="2" style="font-size:12px;line-height:18px;${muted}">${ownOnly ? text.ownAmount : text.exposed}</td></tr>
${line.enterprises.map(
  ({ name, amounts }) =>
    markup`<tr><td style="font-size:12px;line-height:18px;${ink}">${name}</td><td align="right" style="font-size:12px;line-height:18px;white-space:nowrap;${ink}">${amounts}</td></tr>`,
)}${rest}</table>`
}
