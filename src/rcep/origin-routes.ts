import type { Connection } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { Api } from '../http/schema.ts'
import { mappingsOf, readCode } from './advice/question.ts'
import { knownFacts } from './facts-load.ts'
import { checkCase, mostLines } from './origin/check-case.ts'
import { compareAgreements, judgeCase } from './origin/compare.ts'
import type { RuleBook } from './rules/books.ts'
import { ruleSetOf } from './rules/facts.ts'
import { ruleFor } from './rules/lookup.ts'
import { formatRule, parseRule } from './rules/parse.ts'
import { OriginBody, OriginQuery, OriginReply, RulesQuery, RulesReply } from './schema.ts'

/** Room for the largest bill that is judged, written out in full. */
const bodyLimit = mostLines * 10_000

/** Origin rules of a product, and the judgement of a bill of materials. */
export function originRoutes(app: Api, { connection }: { connection: Connection }): void {
  app.get(
    '/rcep/rules',
    {
      config: { access: 'signed-in' },
      schema: { querystring: RulesQuery, response: { 200: RulesReply } },
    },
    async (request) => {
      const { hs, edition = '2022', agreement = 'RCEP' } = request.query
      const { books, reference } = await knownFacts(connection.db)
      const set = books.find((book) => book.agreement === agreement)
      if (!set)
        throw invalid('agreement', agreement, `one of ${books.map((book) => book.agreement).join(', ')}`)
      const question = { hs: readCode(hs, edition, reference), edition }
      const data = rulesFor(mappingsOf(question, reference), set, edition)
      const { source, note, complete } = set
      const confidence = ruleSetOf(agreement)?.confidence ?? 'imported'
      return { data, meta: { rows: data.length, agreement, source, note, confidence, complete } }
    },
  )
  app.post(
    '/rcep/origin',
    {
      config: { access: 'signed-in' },
      bodyLimit,
      schema: { body: OriginBody, querystring: OriginQuery, response: { 200: OriginReply } },
    },
    async (request) => {
      const { language = 'zh' } = request.query
      const { books, reference } = await knownFacts(connection.db)
      const judging = { books, concordance: reference.concordance, language }
      const input = checkCase(request.body)
      const result = judgeCase(input, {}, judging)
      const data = { ...result, agreements: compareAgreements(input, result, judging) }
      return { data, meta: { rows: data.routes.length } }
    },
  )
}

/** One row for every subheading the product may be in the edition of the rules; `rule` is null where the set has none. */
function rulesFor(mappings: ReturnType<typeof mappingsOf>, set: RuleBook, asked: string) {
  const edition = set.edition ?? asked
  const codes = mappings.find((one) => one.edition === edition)?.mapping.candidates ?? []
  return codes.map((hs) => {
    const row = ruleFor(set.rules, hs)
    if (!row) return { hs, edition, rule: null }
    const parsed = parseRule(row.rule)
    const { rule: text, level, code } = row
    return {
      hs,
      edition,
      rule: { text, level, code, parsed, en: formatRule(parsed, 'en'), zh: formatRule(parsed, 'zh') },
    }
  })
}
