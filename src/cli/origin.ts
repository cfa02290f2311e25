import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { invalid } from '../errors.ts'
import { checkCase } from '../rcep/origin/check-case.ts'
import { compareAgreements, judgeCase } from '../rcep/origin/compare.ts'
import { originReport } from '../rcep/origin/report.ts'
import type { OriginLanguage } from '../rcep/origin/text.ts'
import { shippedBooks } from '../rcep/rules/books.ts'
import { readReference } from '../reference/load.ts'
import type { Io } from './io.ts'

export const usage = `origin CASE.json [--loaded] [--json] [--language en|zh]
    judges a bill of materials ("-" reads standard input); the case may carry its own rule, rates and Appendix entry.
    --loaded: by the rules and correlations loaded into the database, not only those that ship`

const largestCase = 20_000_000

/** `origin CASE.json`: a verdict of fail or needs-info is an answer, so it exits 0 like pass. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      json: { type: 'boolean', default: false },
      loaded: { type: 'boolean', default: false },
      language: { type: 'string', default: 'en' },
    },
    allowPositionals: true,
  })
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0)
    throw invalid('CASE.json', positionals.join(' ') || 'missing', 'one file, or - for standard input')
  const language = languageOf(values.language)
  const input = checkCase(parseJson(await readCase(path), path))
  const judging = { ...(values.loaded ? await loadedRules() : shippedRules()), language }
  const result = judgeCase(input, {}, judging)
  const agreements = compareAgreements(input, result, judging)
  io.stdout(
    values.json
      ? `${JSON.stringify({ ...result, agreements })}\n`
      : originReport(input, result, { agreements, language }),
  )
  return 0
}

function shippedRules() {
  return { books: shippedBooks(), concordance: readReference().concordance }
}

/** Only here the database is needed: without it the command answers at once. */
async function loadedRules() {
  const [{ withDatabase }, { knownFacts }] = await Promise.all([
    import('./database.ts'),
    import('../rcep/facts-load.ts'),
  ])
  const { books, reference } = await withDatabase('origin', ({ db }) => knownFacts(db))
  return { books, concordance: reference.concordance }
}

function languageOf(value: string): OriginLanguage {
  if (value === 'en' || value === 'zh') return value
  throw invalid('--language', value, 'en or zh')
}

async function readCase(path: string): Promise<string> {
  if (path === '-') return readStream(process.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw invalid('CASE.json', path, `a file that can be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function parseJson(text: string, path: string): unknown {
  if (text.length > largestCase) throw invalid('CASE.json', path, `at most ${largestCase} characters`)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalid('CASE.json', path, `JSON (${(error as Error).message})`)
  }
}
