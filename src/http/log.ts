import pino, { type DestinationStream, type Logger } from 'pino'

/** What carries secrets: headers, and the rows and parameters that a database names with a failure. */
const secret = [
  'req.headers.authorization',
  'req.headers.cookie',
  ...['detail', 'where', 'parameters'].map((name) => `err.${name}`),
]

/** A token that lets in whoever has it: of a link to unsubscribe, of a calendar feed. */
const tokenInPath = /(\/warnings\/(?:unsubscribe|feeds)\/)[^/?]+/

function censor(value: unknown, path: string[]): string {
  return path.at(-1) === 'url' ? String(value).replace(tokenInPath, '$1[Redacted]') : '[Redacted]'
}

/** The log of the service: one JSON object a line, without what carries secrets. */
export function serviceLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: { paths: [...secret, 'req.url'], censor } }
  return destination ? pino(options, destination) : pino(options)
}
