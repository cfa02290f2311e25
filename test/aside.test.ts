import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { askAside, askInTurn } from '../src/aside.ts'

const program = (name: string) => ({ module: new URL('./helpers/aside-programs.ts', import.meta.url), name })
const limits = { timeoutMs: 60_000, memoryMb: 64 }

test('what is asked aside is answered, and knows nothing of the environment', async () => {
  expect(await askAside(program('twice'), 'ab', limits)).toEqual({
    value: { text: 'abab', environment: [] },
  })
})

test('bytes come as bytes', async () => {
  const { value } = (await askAside(program('twice'), Buffer.from('a'), limits)) as {
    value: { text: string }
  }
  expect(value.text).toBe('aa')
})

test.each(['fillsOneList', 'fillsManyTexts'])('%s: only its own process ends', async (name) => {
  expect(await askAside(program(name), null, limits)).toEqual({ exceeded: 'memory' })
})

test('what never ends is ended', async () => {
  expect(await askAside(program('neverEnds'), null, { ...limits, timeoutMs: 500 })).toEqual({
    exceeded: 'time',
  })
})

test('what fails is told, and so is what ends without a word', async () => {
  await expect(askAside(program('fails'), null, limits)).rejects.toThrow('no such sheet')
  await expect(askAside(program('findsNoRoom'), null, limits)).rejects.toMatchObject({ code: 'ENOSPC' })
  await expect(askAside(program('ends'), null, limits)).rejects.toThrow('ends ended with 3 and no answer')
  await expect(askAside(program('none'), null, limits)).rejects.toThrow()
})

test('what the system ends was for want of memory', async () => {
  expect(await askAside(program('isEnded'), null, limits)).toEqual({ exceeded: 'memory' })
})

test('what is no more wanted is ended', async () => {
  const wanted = new AbortController()
  const answer = askAside(program('neverEnds'), null, { ...limits, signal: wanted.signal })
  wanted.abort()
  await expect(answer).rejects.toThrow('aborted')
  await expect(askAside(program('twice'), 'a', { ...limits, signal: wanted.signal })).rejects.toThrow(
    'aborted',
  )
})

const killed = fileURLToPath(new URL('./helpers/aside-killed.ts', import.meta.url))
const outOfFiles = fileURLToPath(new URL('./helpers/aside-files.ts', import.meta.url))

test('a program that never ends does not outlive a service that is killed', async () => {
  const { stdout, signal } = spawnSync(process.execPath, [killed], { encoding: 'utf8' })
  expect(signal).toBe('SIGKILL')
  expect(stdout).toMatch(/^\d+$/)
  await expect.poll(() => isRunning(Number(stdout)), { timeout: 30_000 }).toBe(false)
})

test('a process that cannot be started, as too many files are open, is told and ends nothing', () => {
  const command = 'ulimit -n 100 && exec "$0" "$1"'
  const told = execFileSync('sh', ['-c', command, process.execPath, outOfFiles], {
    encoding: 'utf8',
  })
  expect(told).toBe('EMFILE')
})

/** Whether there is such a process that has not ended. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout !== '' && !stdout.startsWith('Z')
}

test('others wait for their turn, and are sent away where too many do', async () => {
  const ask = askInTurn<string, { text: string }>(program('twice'), { atOnce: 1, mostWaiting: 1 })
  const answers = await Promise.all([ask('a', limits), ask('b', limits), ask('c', limits)])
  expect(answers).toMatchObject([{ value: { text: 'aa' } }, { value: { text: 'bb' } }, { busy: true }])
})
