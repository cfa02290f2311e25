import { systemClock } from '../clock.ts'
import { connect } from '../db/connect.ts'
import { importFile } from '../ingest/load.ts'
import { readOptions } from '../ingest/options.ts'

// A process that does nothing but one load, so that its memory and its time are those of the load.
const [url = '', home = '', path = ''] = process.argv.slice(2)
const connection = connect(url)
const started = performance.now()
const { report } = await importFile(
  { connection, clock: systemClock, config: { home, timeZone: 'Asia/Shanghai' } },
  {
    path,
    importedBy: 'bench',
    options: readOptions({ flow: 'export' }, { acceptPartial: false, dryRun: false }),
  },
)
const loadMs = performance.now() - started
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
await connection.close()
process.stdout.write(
  JSON.stringify({
    status: report.status,
    loadMs: Math.round(loadMs),
    cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000),
    peakMegabytes: Math.round((maxRSS * 1024) / 1e6),
  }),
)
