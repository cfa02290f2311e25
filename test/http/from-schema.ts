import fc, { type Arbitrary } from 'fast-check'

export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
}

/** Values that mean something to the service, by the name of their field, so that valid requests get past the first check. */
const meaningful: Record<string, string[]> = {
  hs: ['090210', '07129099', '09', '0902', '850440', '8501'],
  partner: ['JP', 'US', 'VN', 'CN'],
  from: ['2025-01', '2026-01', '2026-06', 'CN', 'VN'],
  to: ['2026-10', '2026-03', 'JP', 'CN'],
  base: ['2025-01', '2025'],
  current: ['2026-01', '2026'],
  importer: ['CN', 'JP', 'VN', 'AU'],
  exporter: ['CN', 'VN', 'KR'],
  on: ['2026-06-01', '2022-01-01', '2024-02-29'],
  enterprise: ['9901260222', '9901260333', '9900000000'],
  enterpriseId: ['9901260222'],
  currency: ['USD', 'CNY'],
  value: ['100000', '0', '12.50'],
  rule: ['CTH or RVC40', 'WO', 'CC'],
  q: ['09', '茶'],
}

const nasty = [
  '',
  ' ',
  '\0',
  '\ud800',
  '💥',
  "'; drop table product; --",
  '%_\\',
  '../../etc/passwd',
  '1e999',
  '٣',
  '-1',
  'NaN',
  'null',
  '[]',
  '{}',
  '0x10',
  '=1+1',
  '\u202e',
  '9'.repeat(40),
  'x'.repeat(3000),
]

/** Anything that a program may send where something else is expected. */
export const garbage: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...nasty, null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[]], [null], {
    a: { b: {} },
  }),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer(),
)

/** Values that fit a schema; names lead to meaningful ones more often than not. */
export function fitting(
  schema: Schema,
  name = '',
  defs: Record<string, Schema> = {},
  depth = 0,
): Arbitrary<unknown> {
  const known = { ...defs, ...schema.$defs }
  const inner = (next: Schema, field = name) => fitting(next, field, known, depth + 1)
  if (schema.$ref) {
    const target = known[schema.$ref.split('/').at(-1) ?? '']
    return target && depth < 6 ? inner(target) : fc.constant({})
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => inner(option)))
  if (schema.allOf) {
    return fc.tuple(...schema.allOf.map((part) => inner(part))).map((parts) => Object.assign({}, ...parts))
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return objectOf(schema, inner)
    case 'array':
      return fc.array(depth > 5 ? fc.constant('x') : inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      })
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 2 ** 31) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema, name)
    default:
      return fc.jsonValue({ maxDepth: 1 })
  }
}

function objectOf(
  schema: Schema,
  inner: (schema: Schema, field: string) => Arbitrary<unknown>,
): Arbitrary<unknown> {
  const entries = Object.entries(schema.properties ?? {})
  const required = schema.required ?? []
  const fields = Object.fromEntries(entries.map(([field, part]) => [field, inner(part, field)]))
  return fc.record(fields, { requiredKeys: required.filter((field) => field in fields) })
}

function textOf(schema: Schema, name: string): Arbitrary<string> {
  const free = fc.string({
    minLength: schema.minLength ?? 0,
    maxLength: Math.min(schema.maxLength ?? 40, 400),
  })
  const shaped =
    schema.format === 'date'
      ? fc
          .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10))
      : schema.pattern === undefined
        ? free
        : matching(schema.pattern)
  const words = meaningful[name]
  return words
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: shaped })
    : shaped
}

function matching(pattern: string): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern), { size: '-1' })
  } catch {
    return fc.string() // look-around is not generated
  }
}

/** The value with one place, at any depth, replaced by garbage, taken away or added. */
export function damaged(value: unknown): Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return garbage
  const keys = Object.keys(value)
  const here = fc
    .tuple(fc.constantFrom(...keys, 'extra'), garbage, fc.boolean())
    .map(([key, waste, remove]) => {
      const copy = structuredClone(value) as Record<string, unknown>
      if (remove) delete copy[key]
      else copy[key] = waste
      return copy
    })
  if (keys.length === 0) return fc.oneof(here, garbage)
  const deeper = fc.constantFrom(...keys).chain((key) =>
    damaged((value as Record<string, unknown>)[key]).map((part) => {
      const copy = structuredClone(value) as Record<string, unknown>
      copy[key] = part
      return copy
    }),
  )
  return fc.oneof(
    { weight: 3, arbitrary: here },
    { weight: 3, arbitrary: deeper },
    { weight: 1, arbitrary: garbage },
  )
}
