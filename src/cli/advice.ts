import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dateIn, systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { answer } from '../rcep/advice/answer.ts'
import { readQuestion } from '../rcep/advice/question.ts'
import { adviceReport } from '../rcep/advice/report.ts'
import { knownFacts } from '../rcep/facts-load.ts'
import { readReference } from '../reference/load.ts'
import { withDatabase } from './database.ts'
import type { Io } from './io.ts'

export const usage = `advice --hs CODE --from PARTY --to PARTY [--on YYYY-MM-DD] [--value N --currency C]
       [--quantity "1200 kg"]... [--exchange JPY=0.0067]...
       [--edition 2012|2017|2022] [--years N] [--mfn RATE]
       [--annual-value N | --enterprise ID] [--discount PERCENT] [--certificate-cost N]
       [--issued-on DAY] [--shipped-on DAY] [--via COUNTRY]...
       [--bom CASE.json] [--language en|zh] [--json]
                      what duty the goods pay under MFN and RCEP, what RCEP saves, and what it takes`

export async function run(argv: string[], io: Io): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      hs: { type: 'string', default: '' },
      from: { type: 'string', default: '' },
      to: { type: 'string', default: '' },
      on: { type: 'string' },
      value: { type: 'string' },
      currency: { type: 'string' },
      quantity: { type: 'string', multiple: true },
      exchange: { type: 'string', multiple: true },
      edition: { type: 'string' },
      years: { type: 'string' },
      mfn: { type: 'string' },
      'annual-value': { type: 'string' },
      enterprise: { type: 'string' },
      discount: { type: 'string' },
      'certificate-cost': { type: 'string' },
      'issued-on': { type: 'string' },
      'shipped-on': { type: 'string' },
      via: { type: 'string', multiple: true },
      bom: { type: 'string' },
      language: { type: 'string', default: 'en' },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.length > 0) throw invalid('argument', positionals[0], 'options only, such as --hs 870899')
  if (values.language !== 'en' && values.language !== 'zh')
    throw invalid('language', values.language, 'en or zh')
  const { language } = values
  const reference = readReference()
  const on = values.on ?? dateIn('Asia/Shanghai', systemClock.now())
  const question = readQuestion(
    {
      ...values,
      on,
      quantities: values.quantity,
      exchanges: values.exchange,
      annualValue: values['annual-value'],
      certificateCost: values['certificate-cost'],
      issuedOn: values['issued-on'],
      shippedOn: values['shipped-on'],
    },
    reference,
  )
  const bill = values.bom === undefined ? null : readBill(values.bom)
  const enterprise = values.enterprise ?? null
  const asOf = systemClock.now()
  const advice = await withDatabase('advice', async ({ db }) =>
    answer(db, await knownFacts(db), question, { bill, language, enterprise, asOf }),
  )
  io.stdout(values.json ? `${JSON.stringify(advice)}\n` : adviceReport(advice, language))
  return 0
}

function readBill(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw invalid(
      'bom',
      path,
      `a readable JSON file: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
