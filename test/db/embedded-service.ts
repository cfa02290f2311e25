// A service with nothing but its database, for tests that kill it: `embedded-service.ts HOME`.
import { startEmbedded } from '../../src/db/embedded.ts'

await startEmbedded(process.argv[2] ?? '', 'serve', { now: new Date(), service: true })
process.stdout.write('ready\n')
setInterval(() => {}, 1000)
