import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingOptional } from '../scripts/complete-lock.ts'

const ignored = ['node_modules/**', 'dist/**', '.tradewind/**', '.git/**']
const files = (pattern: string) => globSync(pattern, { exclude: ignored }).sort()
const sources = files('{src,scripts,test}/**/*.{ts,tsx}').filter((path) => path !== 'src/db/schema.ts')
const read = (path: string) => readFileSync(path, 'utf8')

test('no source file is longer than 300 lines, those that only hold texts apart', () => {
  const long = sources.filter(
    (path) => path.startsWith('src/') && !path.includes('/text/') && read(path).split('\n').length > 301,
  )
  expect(long).toEqual([])
})

test('source files are named in kebab case, components and pages in Pascal case', () => {
  const odd = sources.filter((path) => {
    const name = path.split('/').at(-1) ?? ''
    return path.endsWith('.tsx')
      ? !/^([A-Z][A-Za-z]*|[a-z]+(-[a-z]+)*)\.tsx$/.test(name)
      : !/^[a-z0-9]+(-[a-z0-9]+)*(\.(db|pure))?(\.(test|e2e|config))?\.ts$/.test(name)
  })
  expect(odd).toEqual([])
})

test('nothing is left to be done in the code', () => {
  const marker = new RegExp(
    `\\b(${['TO', 'FIX', 'XX'].map((word) => word + (word === 'TO' ? 'DO' : word === 'FIX' ? 'ME' : 'X')).join('|')})\\b`,
  )
  expect(sources.filter((path) => marker.test(read(path)))).toEqual([])
})

test('only the clock asks for the time', () => {
  const asks = sources.filter(
    (path) =>
      path.startsWith('src/') && path !== 'src/clock.ts' && /\bDate\.now\(\)|new Date\(\)/.test(read(path)),
  )
  expect(asks).toEqual([])
})

test('the lock file has the binaries of every platform, so that npm ci takes it anywhere', () => {
  expect(missingOptional(JSON.parse(read('package-lock.json')).packages)).toEqual([])
})

test('no registry address and no machine path is committed', () => {
  const texts = files('**/*.{ts,tsx,mjs,json,md,sql,csv,html,yaml,example}')
    .concat(files('.ci/*'), files('.*.{mjs,json,example}'), ['.npmrc', 'package-lock.json'])
    .filter((path) => !path.startsWith('data/samples/') || path.endsWith('.md'))
  const machinePath = new RegExp(`(^|[^A-Za-z0-9_.])/(${['work', 'farm'].join('|')})/[A-Za-z.]`, 'm')
  const registry = new RegExp(`https?://${'registry'}\\.|"resolved": *"http`)
  expect(texts.filter((path) => machinePath.test(read(path)) || registry.test(read(path)))).toEqual([])
})

test('the arrows between features are checked on every source file', () => {
  const cruise = spawnSync(
    process.execPath,
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'src',
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const found: { modules: { source: string }[] } = JSON.parse(cruise.stdout)
  const seen = new Set(found.modules.map((module) => module.source))
  expect(files('src/**/*.{ts,tsx}').filter((path) => !seen.has(path))).toEqual([])
})

const documents = ['README.md', 'src/README.md', 'data/SOURCES.md']

test('every path the documents cite exists', () => {
  const missing = documents.flatMap((document) => {
    const base = document === 'data/SOURCES.md' ? 'data/' : document === 'src/README.md' ? 'src/' : ''
    const cited = [
      ...read(document).matchAll(/`((?:[\w.*-]+\/)+[\w.*-]*|[\w-]+\.(?:ts|md|json|csv|sql))`/g),
    ].map((match) => match[1] ?? '')
    return cited
      .filter(
        (path) => ![path, base + path].some((candidate) => globSync(candidate.replace(/\/$/, '')).length > 0),
      )
      .map((path) => `${document}: ${path}`)
  })
  expect(missing).toEqual([])
})

test('every variable of the documents is read by the configuration, and every one it reads is documented', () => {
  const read_ = new Set([...read('src/config.ts').matchAll(/'([A-Z][A-Z_]{3,})'/g)].map((match) => match[1]))
  const example = new Set(
    [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]{3,})=/gm)].map((match) => match[1]),
  )
  expect([...example].sort()).toEqual([...read_].sort())
  const cited = [...read('README.md').matchAll(/`([A-Z][A-Z]+_?[A-Z_]*)`/g)].map((match) => match[1] ?? '')
  const testOnly = ['TEST_DATABASE_URL', 'TRADEWIND_PASSWORD']
  expect(cited.filter((name) => name.length > 3 && !read_.has(name) && !testOnly.includes(name))).toEqual([])
})

test('every command of the documents exists', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
  const commands = [...read('src/cli/main.ts').matchAll(/^ {2}(\w+): \(\) => import/gm)].map(
    (match) => match[1],
  )
  const text = documents.map(read).join('\n')
  const npm = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '')
  const cli = [...text.matchAll(/npx tradewind (\w+)/g)].map((match) => match[1] ?? '')
  expect(npm.filter((name) => !scripts.includes(name))).toEqual([])
  expect(cli.filter((name) => !commands.includes(name))).toEqual([])
})
