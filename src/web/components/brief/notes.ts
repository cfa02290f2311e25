import type { BriefFacts, Sourced } from '../../api-brief.ts'
import { month } from '../../format.ts'
import type { Pieces } from '../../pieces.ts'
import type { Block } from './blocks.ts'
import type { Writer } from './writer.ts'

/** What the figures rest on: definitions, revised months, what the answers remark, and what was refused. */
export function notes(facts: BriefFacts, to: Writer, revised: readonly string[]): Block {
  const { words, language } = to
  const texts = [
    words.notes.source,
    words.notes.janFeb,
    revised.length > 0
      ? words.notes.revised(revised.map((period) => month(period, language)))
      : words.notes.notRevised,
    words.notes.currency,
    words.notes.pull,
  ]
  return {
    kind: 'list',
    items: [
      ...texts.map((text) => [text]),
      ...unclassified(facts, to),
      ...remarks(facts, to).map((text) => [text]),
      ...refusals(facts, to).map((text) => [text]),
    ],
  }
}

function unclassified({ chapters }: BriefFacts, to: Writer): Pieces[] {
  const excluded = chapters.reply?.meta.excludedShare
  return excluded && /[1-9]/.test(excluded)
    ? [to.words.notes.unclassified(to.share(excluded, chapters.url))]
    : []
}

/** Each remark once: several answers make the same. */
function remarks(facts: BriefFacts, to: Writer): string[] {
  const found = Object.values(facts).flatMap(({ reply }) =>
    reply && 'warnings' in reply.meta ? reply.meta.warnings : [],
  )
  return [...new Set(found.map(({ code, detail }) => to.words.remarks[code] ?? detail))]
}

function refusals(facts: BriefFacts, to: Writer): string[] {
  const { parts } = to.words
  const asked: [string, Sourced<unknown>][] = [
    [parts.overall, facts.total],
    [parts.markets, facts.partners],
    [parts.products, facts.products],
    [parts.forms, facts.forms],
    [parts.firms, facts.firms],
  ]
  return asked.flatMap(([part, { refused }]) =>
    refused ? [to.words.notes.refused(part, refused.allowed ?? refused.detail ?? '')] : [],
  )
}
