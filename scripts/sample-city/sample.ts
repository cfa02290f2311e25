import type { Reference } from '../../src/reference/parse.ts'
import { type PlantedFirms, plant, plantedFirms } from './events.ts'
import { customsFile } from './files.ts'
import { makeFirms } from './firms.ts'
import { originCases } from './origin-cases.ts'
import { makeRelations } from './relations.ts'
import { eventReport, monthlyTotals, sums } from './report.ts'
import { firstRelease, latestRelease, mistypedRow, restatement, revisedMonths } from './revisions.ts'
import { type Making, makeRows, type SampleRow } from './rows.ts'

/** The committed sample. */
export const defaultMaking: Making = { seed: 20261123, publishedOn: '2026-11-23' }

/** Every file of the sample city by its name in data/samples; the same input gives the same bytes. */
export function makeSample(reference: Reference, making: Making): Map<string, Buffer> {
  const firms = makeFirms(making.seed)
  const touched = plantedFirms(firms)
  const relations = plant(makeRelations(making.seed, firms), firms)
  const rows = makeRows(making, relations, touched)
  const first = firstRelease(rows)
  const latest = latestRelease(making.seed, rows)
  const tables = new Map([...yearlyTables(first), ...revisedTables(making.seed, rows)])
  const totals = {
    files: [...tables].map(([file, table]) => ({ file, ...sums(table) })),
    firstRelease: monthlyTotals(first),
    latestRelease: monthlyTotals(latest),
  }
  return new Map([
    ...[...tables].map(([name, table]): [string, Buffer] => [name, customsFile(reference, table)]),
    ['totals.json', json(totals)],
    ['events.json', json(eventReport(reference, touched, { first, latest, mistyped: mistypedRow(rows) }))],
    ['accounts.json', json(accounts(touched))],
    ...originCases.map(({ name, origin }): [string, Buffer] => [`rcep/${name}.json`, json(origin)]),
  ])
}

/** One table a flow and year. */
function yearlyTables(rows: readonly SampleRow[]): [string, SampleRow[]][] {
  const groups = Map.groupBy(rows, (row) => `qingshan-${row.flow}-${row.period.slice(0, 4)}.csv`)
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

function revisedTables(seed: number, rows: readonly SampleRow[]): [string, SampleRow[]][] {
  return revisedMonths.map((period) => [
    `qingshan-export-${period}-revised.csv`,
    restatement(seed, rows, period),
  ])
}

/** Who signs in to the demo; passwords are made when it starts. */
function accounts(firms: PlantedFirms) {
  const [firm] = firms.surge
  return {
    city: '青杉市（合成样本）',
    admin: { email: 'admin@qingshan.example', name: '系统管理员（样本）' },
    officer: { email: 'officer@qingshan.example', name: '商务局（样本）' },
    enterprise: {
      email: 'enterprise@qingshan.example',
      name: firm?.name,
      enterpriseId: firm?.code,
      enterpriseName: firm?.name,
    },
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
