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

test('others wait for their turn, and are sent away where too many do', async () => {
  const ask = askInTurn<string, { text: string }>(program('twice'), { atOnce: 1, mostWaiting: 1 })
  const answers = await Promise.all([ask('a', limits), ask('b', limits), ask('c', limits)])
  expect(answers).toMatchObject([{ value: { text: 'aa' } }, { value: { text: 'bb' } }, { busy: true }])
})
