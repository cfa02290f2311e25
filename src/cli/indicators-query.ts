import { parseArgs } from 'node:util'
import type { TObject } from 'typebox'
import { Value } from 'typebox/value'
import { systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { invalid } from '../errors.ts'
import type { Io } from './io.ts'

/** Answers from the database. What needs it and what draws tables are imported where used: complexity starts without them. */
export async function answered<Answer>(
  argv: string[],
  io: Io,
  question: {
    name: string
    schema: TObject
    load: (db: Database, query: unknown, now: Date) => Promise<Answer>
    draw: (answer: Answer) => Promise<string>
  },
): Promise<number> {
  const { query, json } = queryFrom(question.schema, argv)
  const { withDatabase } = await import('./database.ts')
  const answer = await withDatabase(`indicators ${question.name}`, ({ db }) =>
    question.load(db, query, systemClock.now()),
  )
  io.stdout(json ? `${JSON.stringify(answer)}\n` : await question.draw(answer))
  return 0
}

/** Reads options named as the query's fields, also with hyphens (--as-of), and validates them as the HTTP interface does. */
function queryFrom(schema: TObject, argv: string[]): { query: unknown; json: boolean } {
  const fields = Object.keys(schema.properties)
  const spellings = new Map(
    fields.flatMap((field) => [[field, field] as const, [hyphened(field), field] as const]),
  )
  const options = Object.fromEntries([...spellings.keys()].map((name) => [name, { type: 'string' } as const]))
  const { values } = parseArgs({
    args: argv,
    options: { ...options, json: { type: 'boolean', default: false } },
  })
  const { json, ...given } = values
  const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [spellings.get(name), value]))
  const query = Value.Convert(schema, named)
  const [error] = Value.Errors(schema, query)
  if (error) throw invalidOption(schema, query as Record<string, unknown>, error)
  return { query, json: json === true }
}

function hyphened(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function invalidOption(
  schema: TObject,
  query: Record<string, unknown>,
  error: { keyword: string; instancePath: string; message: string; params: object },
) {
  const missing =
    'requiredProperties' in error.params ? String(error.params.requiredProperties).split(',')[0] : null
  const field = missing || error.instancePath.slice(1)
  const property: { enum?: string[]; pattern?: string; description?: string } = schema.properties[field] ?? {}
  const stated = property.pattern ? property.description : undefined
  const allowed = property.enum ? `one of ${property.enum.join(', ')}` : (stated ?? error.message)
  return invalid(field, query[field] ?? '', allowed)
}
