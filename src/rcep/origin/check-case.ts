import Big from 'big.js'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { invalid } from '../../errors.ts'
import { currencyAllowed, isCurrency } from '../tariff/rate-units.ts'
import { termsOf } from './agreements.ts'
import { OriginCase, type OriginMaterial } from './case.ts'
import { deductionsOf } from './deductions.ts'

export const deepestBill = 8
export const mostLines = 2000

const compiled = Compile(OriginCase)

/**
 * An origin case as a program or a file hands it over, checked field by field. Throws `invalid-input` naming the first
 * wrong field by its path ("materials.2.value"), its value and what is allowed there.
 */
export function checkCase(value: unknown): OriginCase {
  refuseDeepBills(value)
  if (!compiled.Check(value)) throw firstError(value)
  checkGood(value)
  checkRates(value)
  checkMaterials(value.materials, 'materials')
  return value
}

/** Before the schema is applied, so that a bill nested in itself ends here. */
function refuseDeepBills(value: unknown): void {
  let lines = 0
  const descend = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || !('materials' in node)) return
    if (!Array.isArray(node.materials)) return
    if (depth > deepestBill)
      throw invalid('materials', `${depth} levels`, `at most ${deepestBill} levels of bills`)
    lines += node.materials.length
    if (lines > mostLines)
      throw invalid('materials', `${lines} lines`, `at most ${mostLines} lines in all bills`)
    for (const material of node.materials) descend(material, depth + 1)
  }
  descend(value, 1)
}

function firstError(value: unknown): Error {
  const [error] = compiled.Errors(value)
  const tokens = (error?.instancePath ?? '').split('/').slice(1)
  if (error?.keyword === 'required') {
    const name = error.params.requiredProperties[0] ?? ''
    return invalid([...tokens, name].join('.'), 'missing', allowedAt([...tokens, name]))
  }
  if (error?.keyword === 'boolean') {
    const allowed = `no such field here; the fields are ${fieldsAt(tokens.slice(0, -1)).join(', ')}`
    return invalid(tokens.join('.'), shown(valueAt(value, tokens)), allowed)
  }
  const upTo = reach(tokens)
  return invalid(upTo.join('.') || 'case', shown(valueAt(value, upTo)), allowedAt(upTo))
}

type Node = TSchema & {
  $ref?: string
  $defs?: Record<string, Node>
  properties?: Record<string, Node>
  patternProperties?: Record<string, Node>
  items?: Node
  description?: string
}

/** The schema under a path; a choice of shapes (anyOf) is not entered, its own words name all of them. */
function schemaAt(tokens: string[]): { node: Node; used: number } {
  let material: Node | undefined
  let node: Node = OriginCase
  for (const [index, token] of tokens.entries()) {
    const next: Node | undefined =
      node.properties?.[token] ?? node.items ?? Object.values(node.patternProperties ?? {})[0]
    if (!next) return { node, used: index }
    material = next.$defs?.Material ?? material
    node = next.$ref !== undefined && material ? material : next
  }
  return { node, used: tokens.length }
}

function reach(tokens: string[]): string[] {
  return tokens.slice(0, schemaAt(tokens).used)
}

function allowedAt(tokens: string[]): string {
  return schemaAt(tokens).node.description ?? 'another value'
}

function fieldsAt(tokens: string[]): string[] {
  const { node } = schemaAt(tokens)
  return node.properties ? Object.keys(node.properties) : ['country codes of two capital letters']
}

function valueAt(value: unknown, tokens: string[]): unknown {
  let node = value
  for (const token of tokens) node = (node as Record<string, unknown> | null | undefined)?.[token]
  return node
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'missing')
}

function checkGood(value: OriginCase): void {
  const { good, importer, exporter, on, appendix } = value
  const terms = termsOf(value.agreement ?? 'RCEP')
  checkCountry('good.producedIn', good.producedIn)
  if (new Big(good.fob).lte(0)) throw invalid('good.fob', good.fob, 'more than 0')
  if (good.currency !== undefined && !isCurrency(good.currency))
    throw invalid('good.currency', good.currency, currencyAllowed)
  if (good.weightKg && new Big(good.weightKg).lte(0))
    throw invalid('good.weightKg', good.weightKg, 'more than 0, or null')
  for (const [field, code] of Object.entries({ importer, exporter }))
    if (code !== undefined && !terms.parties.has(code))
      throw invalid(field, code, `a Party to ${terms.code}: ${[...terms.parties].join(', ')}`)
  if (importer === good.producedIn || importer === exporter)
    throw invalid('importer', importer, 'a Party other than the one the good was made in or is sent from')
  if (on < '1990-01-01' || on > '2100-12-31') throw invalid('on', on, 'a day from 1990 to 2100')
  if (appendix?.from && appendix.to && appendix.to < appendix.from)
    throw invalid('appendix.to', appendix.to, `a day not before appendix.from (${appendix.from})`)
}

function checkRates(value: OriginCase): void {
  const { parties, code } = termsOf(value.agreement ?? 'RCEP')
  for (const party of Object.keys(value.rates ?? {}))
    if (!parties.has(party))
      throw invalid(`rates.${party}`, party, `Parties to ${code}: ${[...parties].join(', ')}`)
}

function checkMaterials(materials: OriginMaterial[], path: string): void {
  const seen = new Set<string>()
  for (const [index, material] of materials.entries()) {
    const field = `${path}.${index}`
    if (seen.has(material.id))
      throw invalid(`${field}.id`, material.id, 'an id no other material of the bill has')
    seen.add(material.id)
    checkMaterial(material, field)
    if (!material.materials?.length) continue
    if (material.producedIn === undefined && !material.selfProduced)
      throw invalid(`${field}.producedIn`, 'missing', 'the country where this intermediate was made')
    checkMaterials(material.materials, `${field}.materials`)
  }
}

function checkMaterial(material: OriginMaterial, field: string): void {
  const { origin, producedIn, value } = material
  if (producedIn !== undefined) checkCountry(`${field}.producedIn`, producedIn)
  if (origin?.party !== undefined) checkCountry(`${field}.origin.party`, origin.party)
  if (origin?.country !== undefined) checkCountry(`${field}.origin.country`, origin.country)
  if (origin?.status === 'originating' && origin.party === undefined)
    throw invalid(`${field}.origin.party`, 'missing', 'the Party an originating material originates in')
  if (material.materials?.length && new Big(value).lte(0))
    throw invalid(`${field}.value`, value, 'more than 0: an intermediate is judged at its price')
  const { documented, undocumented } = deductionsOf(material)
  if (documented.plus(undocumented).gt(value))
    throw invalid(
      `${field}.deductions`,
      documented.plus(undocumented).toFixed(),
      `at most the value ${value}`,
    )
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const known = new Map<string, boolean>()

function checkCountry(field: string, code: string): void {
  let exists = known.get(code)
  if (exists === undefined) {
    exists = code !== 'ZZ' && regions.of(code) !== undefined
    known.set(code, exists)
  }
  if (!exists) throw invalid(field, code, 'a country code of two capital letters (ISO 3166), such as CN')
}
