import pino, { type DestinationStream, type Logger } from 'pino'

/** The log of the service: one JSON object a line, without the headers that carry secrets. */
export function serviceLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: ['req.headers.authorization', 'req.headers.cookie'] }
  return destination ? pino(options, destination) : pino(options)
}
