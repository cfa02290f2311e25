import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  AppError,
  type ErrorCode,
  type ErrorDetail,
  isDatabaseAway,
  isDiskFull,
  isTooSlow,
} from '../errors.ts'
import type { Problem } from './schema.ts'

const statusOf: Record<ErrorCode, number> = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  refused: 422,
  'too-many-requests': 429,
  unavailable: 503,
}

const titles: Record<number, string> = {
  400: 'Invalid input',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  503: 'Unavailable',
  504: 'Took too long',
  507: 'No space left',
}

/** What the framework refuses by itself, under our names. */
const codes: Record<number, string> = {
  404: 'not-found',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
}

/** Every failure leaves as problem details; what went wrong inside the service is logged and never shown. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerProblem)
}

export function answerProblem(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error, request)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  if (problem.status === 503) reply.header('retry-after', '2')
  return reply.status(problem.status).type('application/problem+json').send(problem)
}

export function problemOf(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof AppError) {
    return problem(request, statusOf[error.code], error.code, error.message, error.detail)
  }
  if (error.validation) {
    const detail = validationDetail(error, request)
    const message = [detail.field, detail.value, detail.allowed].filter(Boolean).join(': ')
    return problem(request, 400, 'invalid-input', message, detail)
  }
  if (isDatabaseAway(error)) {
    return problem(request, 503, 'unavailable', 'the database is not answering; try again in a moment')
  }
  if (isDiskFull(error)) {
    return problem(request, 507, 'no-space', 'the disk of the service is full; nothing was stored')
  }
  if (isTooSlow(error)) {
    const reason = 'the database worked on it longer than a question may take and stopped; nothing was stored'
    return problem(request, 504, 'too-slow', `${reason}; ask for fewer periods or products, or ask later`)
  }
  const status = error.statusCode ?? 500
  if (status >= 500)
    return problem(request, 500, 'internal', 'the service failed; the request id finds it in the log')
  return problem(request, status, codes[status] ?? 'invalid-input', error.message)
}

function problem(
  request: FastifyRequest,
  status: number,
  code: string,
  detail: string,
  extra: ErrorDetail = {},
): Problem {
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Failed',
    status,
    code,
    detail,
    ...extra,
    requestId: request.id,
  }
}

const secretFields = /password|token|secret|^code$/i

/** Names the field, its value and what is allowed, from the validator's first finding. */
function validationDetail(error: FastifyError, request: FastifyRequest): Required<Omit<ErrorDetail, 'said'>> {
  const found = error.validation?.[0]
  const params: Record<string, unknown> = found?.params ?? {}
  const named =
    params.additionalProperty ??
    params.missingProperty ??
    params.additionalProperties ??
    params.requiredProperties
  const path = (found?.instancePath ?? '').slice(1).replaceAll('/', '.')
  const field =
    [path, Array.isArray(named) ? named[0] : named].filter(Boolean).join('.') ||
    (error.validationContext ?? 'request')
  return {
    field,
    value: isSecret(error, field) ? '(not shown)' : valueAt(partOf(request, error), found?.instancePath),
    allowed: allowedBy(found?.keyword, found?.message, params),
  }
}

/** Headers carry sessions and tokens. */
function isSecret({ validationContext }: FastifyError, field: string): boolean {
  return validationContext === 'headers' || secretFields.test(field.split('.').at(-1) ?? '')
}

/** What was looked at when the request was refused. */
function partOf(request: FastifyRequest, { validationContext }: FastifyError): unknown {
  switch (validationContext) {
    case 'querystring':
      return request.query
    case 'params':
      return request.params
    default:
      return request.body
  }
}

function valueAt(part: unknown, path = ''): string {
  let value = part
  for (const key of path.split('/').slice(1)) value = (value as Record<string, unknown> | undefined)?.[key]
  return typeof value === 'object' || value === undefined ? '' : String(value).slice(0, 200)
}

function allowedBy(keyword = '', message = 'another value', params: Record<string, unknown>): string {
  if (keyword === 'enum' || keyword === 'const') {
    const values = params.allowedValues ?? [params.allowedValue]
    return `one of ${(values as unknown[]).join(', ')}`
  }
  if (keyword === 'additionalProperties') return 'no such field here'
  if (keyword === 'required') return 'this field is needed'
  return message
}
