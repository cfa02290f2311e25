// Re-makes the fact files of data/tariffs from the published files: node scripts/make-tariff-facts.ts FOLDER
// FOLDER holds rcep-annex1/ and japan-2026/ with the files named in data/SOURCES.md. Prints each source's SHA-256 for packs.json.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatJapan, formatSchedule } from '../src/rcep/tariff/facts.ts'
import { readAnnexSchedule } from '../src/rcep/tariff/read-annex-schedule.ts'
import { readJapanTariff } from '../src/rcep/tariff/read-japan-tariff.ts'

const schedule = (bytes: Buffer) => formatSchedule(readAnnexSchedule(bytes).lines)

const jobs = [
  { from: 'rcep-annex1/rcep-schedule-of-china-for-asean.xls', to: 'cn/rcep-asean.csv', make: schedule },
  { from: 'rcep-annex1/rcep-schedule-of-australia.xlsx', to: 'au/rcep.csv', make: schedule },
  {
    from: 'japan-2026/japan_tariff_2026_flat.csv',
    to: 'jp/tariff-2026.csv',
    make: (bytes: Buffer) => formatJapan(readJapanTariff(bytes.toString('utf8'))),
  },
]

const source = process.argv[2]
if (!source) {
  process.stderr.write('error: FOLDER: missing: the folder with the published files\n')
  process.exit(2)
}
const target = fileURLToPath(new URL('../data/tariffs/', import.meta.url))
for (const { from, to, make } of jobs) {
  const bytes = readFileSync(join(source, from))
  const facts = make(bytes)
  mkdirSync(join(target, to, '..'), { recursive: true })
  writeFileSync(join(target, to), facts)
  const lines = facts.split('\n').length - 2
  process.stdout.write(`${to}\t${lines} rows\t${createHash('sha256').update(bytes).digest('hex')}\t${from}\n`)
}
