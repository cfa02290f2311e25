import type { Problem } from '../http/schema.ts'

/** Every reply of the service: the data and how it came about. */
export interface Reply<Data, Meta = unknown> {
  data: Data
  meta: Meta
}

/** A request the service could not serve, with its problem details; `status` 0 when it could not be reached at all. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  readonly problem: Partial<Problem>

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? `HTTP ${status}`)
    this.status = status
    this.problem = problem
  }
}

export type Parameters = Record<string, string | number | undefined>

/** The address of a query below /api/v1; parameters without a value are left out. */
export function address(path: string, parameters: Parameters = {}): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const query = new URLSearchParams(given).toString()
  return `/api/v1${path}${query && `?${query}`}`
}

/** Asks the service; throws RequestError for every answer that is not a success. */
export async function ask<Answer>(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
  }).catch(() => {
    throw new RequestError(0, { code: 'unreachable' })
  })
  if (response.status === 204) return undefined as Answer
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson ? await response.json() : undefined
  if (!response.ok) throw new RequestError(response.status, (body ?? {}) as Partial<Problem>)
  return body as Answer
}

/** Sends a JSON body. */
export function send<Answer>(method: 'POST' | 'PUT', url: string, body: unknown): Promise<Answer> {
  return ask(url, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}
