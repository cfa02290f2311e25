import { afterEach, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

afterEach(() => void vi.unstubAllEnvs())

async function tradewind(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await main(argv, {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
  })
  return { code, out: out.join(''), err: err.join('') }
}

test('without a command it tells every command', async () => {
  const { code, out } = await tradewind()
  expect(code).toBe(0)
  for (const command of ['import FILE', 'origin CASE.json', 'rule parse', 'warnings evaluate', 'backup'])
    expect(out).toContain(command)
})

test('an unknown command, action and option each exit 2 with one line that names what is allowed', async () => {
  for (const argv of [['improt'], ['rule', 'prase', 'CTH'], ['token', 'create', '--rolle', 'officer']]) {
    const { code, out, err } = await tradewind(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error: [^\n]+\n$/)
  }
})

test('a database that does not answer is said in one line, not taken for a bug', async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none')
  const { code, err } = await tradewind('db', 'status')
  expect(code).toBe(2)
  expect(err).toBe(
    'error: database: it broke off or does not answer: nothing of this command was stored; try again\n',
  )
})

test('a setting that cannot be read is named, and an address with a password is not echoed', async () => {
  vi.stubEnv('DATABASE_URL', 'mysql://me:secret@host/db')
  const { code, err } = await tradewind('db', 'status')
  expect(code).toBe(2)
  expect(err).toMatch(/^error: DATABASE_URL: \(not shown\): /)
  expect(err).not.toContain('secret')
})
