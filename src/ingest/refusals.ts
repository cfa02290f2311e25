import { AppError, type ErrorCode, type ErrorDetail } from '../errors.ts'
import { type MessageCode, type Params, say, understood } from './messages.ts'

/** As `invalid` of the errors, with what is allowed by its code. */
export function invalid(field: string, value: unknown, allowed: string): AppError {
  const shown = String(value).slice(0, 200)
  const detail = { field, value: shown, allowed, said: understood(allowed) }
  return new AppError('invalid-input', `${field}: ${shown}: ${allowed}`, detail)
}

/** A request that cannot be served as things are, and why. */
export function refusal<Code extends MessageCode>(
  kind: ErrorCode,
  code: Code,
  params: Params<Code>,
  detail: ErrorDetail = {},
): AppError {
  const texts = Object.entries<string | number>(params).map(([name, value]) => [name, String(value)])
  const said = { code, params: Object.fromEntries(texts) as Record<string, string> }
  const sentence = (say as (code: MessageCode, params: Params<Code>) => string)(code, params)
  return new AppError(kind, sentence, { ...detail, said })
}
