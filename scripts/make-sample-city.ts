/**
 * Makes the synthetic city of data/samples.
 * Usage: node scripts/make-sample-city.ts [--published YYYY-MM-DD] [--seed N] [output folder]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readReference } from '../src/reference/load.ts'
import { defaultMaking, makeSample } from './sample-city/sample.ts'

const { values, positionals } = parseArgs({
  options: { published: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const target = positionals[0] ?? fileURLToPath(new URL('../data/samples/', import.meta.url))
const making = {
  seed: Number(values.seed ?? defaultMaking.seed),
  publishedOn: values.published ?? defaultMaking.publishedOn,
}
for (const [name, bytes] of makeSample(readReference(), making)) {
  const path = join(target, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  process.stdout.write(`${name}: ${bytes.length} bytes\n`)
}
