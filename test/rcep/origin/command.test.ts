import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Io } from '../../../src/cli/io.ts'
import { main } from '../../../src/cli/main.ts'
import { foreign, originating, originCase } from '../../helpers/origin-case.ts'

function listener() {
  const said = { out: '', err: '' }
  const io: Io = {
    stdout: (text) => {
      said.out += text
    },
    stderr: (text) => {
      said.err += text
    },
  }
  return { said, io }
}

async function origin(content: unknown, ...options: string[]) {
  const path = join(mkdtempSync(join(tmpdir(), 'origin-')), 'case.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const { said, io } = listener()
  const code = await main(['origin', path, ...options], io)
  return { code, ...said }
}

const input = originCase({
  materials: [originating('core', '850490', '30', 'KR'), foreign('wire', '740811', '20')],
  rates: { CN: '3%', KR: '0' },
  appendix: { listed: false },
})

test('a case given as a file is answered in JSON', async () => {
  const { code, out, err } = await origin(input, '--json')
  expect([code, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({ verdict: 'pass', criterion: 'CTC', codes: ['CTC', 'ACU'] })
})

test('a reader gets the verdict first, then the routes and the steps with their articles', async () => {
  const { out } = await origin(input)
  const lines = out.split('\n')
  expect(lines.slice(0, 6)).toEqual([
    'pass: 850440 made in CN originates under RCEP [CTC + ACU]',
    'RCEP country of origin: CN under Art. 2.6.2',
    '',
    'Routes',
    '  CTH    met',
    '  RVC40  met  80 % (+40)',
  ])
  expect(lines).toContain(
    '  + origin of material core (Art. 3.4.1): originates in KR and counts where it is used; evidence: proof',
  )
})

test('the same in Chinese', async () => {
  const { out } = await origin(input, '--language', 'zh')
  expect(out.split('\n')[0]).toBe('pass: 在中国生产的 850440 符合 RCEP 原产资格 [CTC + ACU]')
})

test('a case without a rule is judged by the rules that ship', async () => {
  const { rule: _, ...silent } = input
  const { out } = await origin(silent, '--json')
  expect(JSON.parse(out)).toMatchObject({ rule: 'CTSH or RVC40', verdict: 'pass' })
})

test('codes of another edition are judged in that of the rules, and what they may be there is asked', async () => {
  const { rule: _, ...silent } = input
  const { out } = await origin({ ...silent, good: { ...silent.good, edition: '2012' } }, '--json')
  const result = JSON.parse(out)
  expect(result).toMatchObject({ verdict: 'needs-info', codes: [], certificate: null })
  expect(result.missing[0]).toMatch(
    /^850440 \(HS 2012\) may be 850440 or .* in HS 2022, the edition of the rules/,
  )
})

test('a fail is an answer, not an error', async () => {
  const { code } = await origin({ ...input, rule: 'RVC90' })
  expect(code).toBe(0)
})

test.each<[string, string | object, string]>([
  ['what is not JSON', '{"good":', 'error: CASE.json: '],
  ['a wrong field', { ...input, importer: 'US' }, 'error: importer: US: a Party to RCEP'],
])('%s exits 2 with one line', async (_name, content, start) => {
  const { code, out, err } = await origin(content)
  expect([code, out]).toEqual([2, ''])
  expect(err.startsWith(start)).toBe(true)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('a file that is not there, an unknown option and no file at all are named', async () => {
  const { said, io } = listener()
  expect(await main(['origin', 'no-such.json'], io)).toBe(2)
  expect(await main(['origin', 'a.json', '--jsn'], io)).toBe(2)
  expect(await main(['origin'], io)).toBe(2)
  expect(said.err.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
    'error: CASE.json',
    'error: --jsn',
    'error: CASE.json',
    '',
  ])
})
