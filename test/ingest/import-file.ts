import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '../../src/clock.ts'
import { importFile } from '../../src/ingest/load.ts'
import type { ImportDeps } from '../../src/ingest/load-table.ts'
import { type OptionTexts, readOptions } from '../../src/ingest/options.ts'
import type { ImportReport } from '../../src/ingest/schema.ts'
import type { TestDatabase } from '../helpers/database.ts'

/** Imports into a test's own database and folder; each call happens a minute after the one before. */
export interface Importer {
  home: string
  /** Writes a file and imports it. */
  content(name: string, bytes: string | Uint8Array, options?: Given): Promise<ImportReport>
  path(path: string, options?: Given): Promise<ImportReport>
  /** When the last import happened. */
  at(): Date
}

type Given = OptionTexts & { acceptPartial?: boolean; dryRun?: boolean }

export function importer(database: TestDatabase): Importer {
  const home = mkdtempSync(join(tmpdir(), 'tradewind-import-'))
  let minute = 0
  const path = async (file: string, given: Given = {}) => {
    minute += 1
    const deps: ImportDeps = {
      connection: database,
      clock: fixedClock(timeOf(minute)),
      config: { home, timeZone: 'Asia/Shanghai' },
    }
    const { acceptPartial = false, dryRun = false, ...texts } = given
    const options = readOptions(texts, { acceptPartial, dryRun })
    return (await importFile(deps, { path: file, options, importedBy: 'test' })).report
  }
  return {
    home,
    path,
    content(name, bytes, given) {
      const file = join(home, name)
      writeFileSync(file, bytes)
      return path(file, given)
    },
    at: () => new Date(timeOf(minute)),
  }
}

/** Takes out all that was imported, so that a test sees its own files only. */
export async function forgetImports({ pool }: TestDatabase): Promise<void> {
  await pool.query('truncate source_file, slice, trade_flow, trade_rollup, reject, enterprise cascade')
}

function timeOf(minute: number): string {
  return new Date(Date.UTC(2026, 6, 1, 0, minute)).toISOString()
}
