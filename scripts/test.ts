// `npm test`: format, types, arrows, unused code, then every test. The last line reads `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Totals {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
  success: boolean
}

const checks = ['check:format', 'check:types', 'check:arrows', 'check:unused', 'build']
const failedChecks = checks.filter((check) => !passes('npm', ['run', '--silent', check]))
const totals = runTests()

if (failedChecks.length > 0) console.log(`failed checks: ${failedChecks.join(', ')}`)
const passed = totals.numPassedTests + checks.length - failedChecks.length
// A file that fails before its first test counts as one failure.
const failed = failedChecks.length + Math.max(totals.numFailedTests, totals.success ? 0 : 1)
console.log(`${passed} passed, ${failed} failed, ${totals.numPendingTests} skipped`)
process.exitCode = failed === 0 ? 0 : 1

function passes(command: string, args: string[]): boolean {
  console.log(`> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

function runTests(): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-report-'))
  const report = join(folder, 'report.json')
  try {
    passes(process.execPath, [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    if (!existsSync(report)) throw new Error('the test runner ended without a report')
    const found = JSON.parse(readFileSync(report, 'utf8')) as Totals
    if (found.numPassedTests === 0) throw new Error('no test ran')
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
