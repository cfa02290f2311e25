import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { serviceLog } from '../../src/http/log.ts'

test.each([
  ['/api/v1/warnings/unsubscribe/7.abc_-', '/api/v1/warnings/unsubscribe/[Redacted]'],
  ['/api/v1/warnings/feeds/abc/calendar.ics?x=1', '/api/v1/warnings/feeds/[Redacted]/calendar.ics?x=1'],
  ['/api/v1/warnings/7/series?band=naive', '/api/v1/warnings/7/series?band=naive'],
])('the log has of %s no token', (url, logged) => {
  let line = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      line += chunk
      done()
    },
  })
  serviceLog('info', sink).info({ req: { method: 'GET', url } }, 'incoming request')
  expect(JSON.parse(line).req).toEqual({ method: 'GET', url: logged })
})
