/** Why a request cannot be served; each transport maps the code once (HTTP status, CLI exit code). */
export type ErrorCode =
  | 'invalid-input' // the caller can mend it: names field, value and what is allowed
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'refused' // data was understood and rejected; nothing was stored
  | 'too-large'
  | 'too-many-requests' // the same may work later
  | 'unavailable' // try again later: database starting, mail server away

export interface ErrorDetail {
  field?: string
  value?: string
  allowed?: string
  /** What is wrong or allowed, by a code with its values, for pages that have words of their own. */
  said?: { code: string; params: Record<string, string | { code: string; params: Record<string, string> }> }
}

/** A request that cannot be served. Expected outcomes (row errors, verdicts, absent values) are return values instead. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

/** The usual error: a field whose value is not among what is allowed. */
export function invalid(field: string, value: unknown, allowed: string): AppError {
  const shown = String(value).slice(0, 200)
  return new AppError('invalid-input', `${field}: ${shown}: ${allowed}`, { field, value: shown, allowed })
}

/** Whether a disk is full, ours or that of the database (SQLSTATE 53100). */
export function isDiskFull(error: Error & { code?: string }): boolean {
  return /^(ENOSPC|EDQUOT|53100)$/.test(error.code ?? '')
}

/** Whether the database ended a statement that worked longer than it may (SQLSTATE 57014). */
export function isTooSlow(error: Error & { code?: string }): boolean {
  return error.code === '57014'
}

/**
 * Whether the database refused, broke off or is starting or stopping (SQLSTATE 57P and 08, or its socket's errors), has no room for
 * another connection or its memory (53300, 53200), or chose this request to end a deadlock (40P01): the same may work in a moment.
 */
export function isDatabaseAway(error: Error & { code?: string; syscall?: string }): boolean {
  return (
    /^(57P0|08|ECONN|EPIPE|53[23]00|40P01)/.test(error.code ?? '') ||
    (error.code === 'ENOENT' && error.syscall === 'connect') ||
    /connect.*timeout|timeout.*connect|connection terminated|connection error/i.test(error.message)
  )
}
