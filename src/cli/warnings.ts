import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { invalid } from '../errors.ts'
import { evaluateWarnings } from '../warnings/job.ts'
import { loadDefaultRules } from '../warnings/load.ts'
import type { EvaluationReport } from '../warnings/report.ts'
import { withDatabase } from './database.ts'
import type { Command, Io } from './io.ts'

export const usage = `warnings evaluate [--as-of-period YYYY-MM] [--json]
                      evaluates the rules for the latest loaded period and puts what is new into the outbox;
                      an older period than was evaluated before only shows what would be open
warnings test RULES.yaml [--json]
                      runs rules on series written beside them; exit 3 when alerts differ from those expected
warnings backtest RULE [--periods N] [--budget N] [--json]
                      what a rule (its id, or a YAML file with one) would have told in the last N periods (11);
                      with a budget of alerts a period, the threshold that keeps it
warnings rules [export FILE | import FILE]
                      rules as YAML, on standard output without a file; an import adds and replaces by id
warnings import-remedies FILE [--source NAME] [--json]
                      trade-remedy cases from the WTO's I-TIP or a table of one's own, replacing those of the source`

/** The actions but for evaluate, each in the file named after it. */
const actions: Record<string, () => Promise<Pick<Command, 'run'>>> = {
  evaluate: async () => ({ run: evaluate }),
  test: async () => ({ run: (await import('./warnings-rules.ts')).test }),
  backtest: async () => ({ run: (await import('./warnings-rules.ts')).backtest }),
  rules: async () => ({ run: (await import('./warnings-rules.ts')).rules }),
  'import-remedies': async () => ({ run: (await import('./warnings-remedies.ts')).importRemedies }),
}

export async function run(argv: string[], io: Io): Promise<number> {
  const [action = '', ...rest] = argv
  const load = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (!load) throw invalid('warnings', action, `one of ${Object.keys(actions).join(', ')}`)
  return (await load()).run(rest, io)
}

async function evaluate(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { 'as-of-period': { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const asOfPeriod = values['as-of-period']
  const report = await withDatabase('warnings evaluate', async (connection, config) => {
    await loadDefaultRules(connection.db, systemClock.now())
    return evaluateWarnings(
      { connection, clock: systemClock, config },
      asOfPeriod === undefined ? {} : { asOfPeriod },
    )
  })
  io.stdout(values.json ? `${JSON.stringify(report)}\n` : readable(report))
  return 0
}

function readable(report: EvaluationReport): string {
  if (report.period === null) return 'no data are loaded that a rule looks at\n'
  const lines = [
    `period ${report.period}${report.stored ? '' : ' (evaluated before: nothing stored, nobody told)'}`,
    ...report.rules.map(
      ({ rule, series, open, pending, noData, transitions, error }) =>
        `${rule}: ${series} series, ${open} open, ${pending} pending, ${noData} without data` +
        Object.entries(transitions)
          .filter(([, count]) => count > 0)
          .map(([reason, count]) => `, ${count} ${reason}`)
          .join('') +
        (error ? `; not stored: ${error.detail}` : ''),
    ),
    ...report.open.map(
      ({ rule, labels, since, value, base, change }) =>
        `  ${rule}  ${labels || 'total'}  since ${since}  ${value ?? '-'} against ${base ?? '-'}  ${percent(change)}`,
    ),
    ...report.mails.map(({ to, reason, subject }) => `mail queued (${reason}) to ${to}: ${subject}`),
  ]
  return `${lines.join('\n')}\n`
}

function percent(change: string | null): string {
  return change === null ? '-' : `${(Number(change) * 100).toFixed(1)} %`
}
