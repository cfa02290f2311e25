import { expect, test } from 'vitest'
import { problemText } from '../../src/web/problem-text.ts'
import { en } from '../../src/web/text/en.ts'
import { zh } from '../../src/web/text/zh.ts'

test.each([
  ['one of export, import', '以下之一：export, import'],
  ['this field is needed', '必须填写'],
  ['must NOT have fewer than 1 characters', '至少 1 个字符'],
  ['must be >= 1', '不小于 1'],
  ['a whole number from 1 to 500', '1 至 500 的整数'],
  ['at most 5000 of an enterprise', '每家企业至多 5000 条'],
  ['at most 10 in 15 minutes', '15 分钟内至多试 10 次'],
  ['the last administrator stays one', '至少保留一名管理员'],
])('what is allowed, "%s", is said in Chinese', (allowed, said) => {
  const problem = { code: 'invalid-input', field: 'flow', value: 'x', allowed, detail: `flow: x: ${allowed}` }
  expect(problemText(problem, 400, zh)).toEqual({
    title: '输入有误，请更正后重试',
    field: { name: '进出口', value: 'x', allowed: said },
    detail: null,
  })
  expect(problemText(problem, 400, en).field).toEqual({ name: 'flow', value: 'x', allowed })
})

test('a nested field is named by its last part, an unknown one by itself', () => {
  const named = (field: string) => problemText({ code: 'invalid-input', field }, 400, zh).field?.name
  expect(named('body.materials.3.hs')).toBe('商品编码 (body.materials.3.hs)')
  expect(named('windSpeed')).toBe('windSpeed')
})

test('a known code needs no English, an unknown one shows what the service says', () => {
  const busy = problemText({ code: 'too-many-requests', detail: 'Rate limit exceeded' }, 429, zh)
  expect(busy).toEqual({ title: '请求太频繁，请稍等一分钟再试', field: null, detail: null })
  expect(problemText({ code: 'new-code', detail: 'something new' }, 418, zh).detail).toBe('something new')
  expect(problemText({}, 502, zh).detail).toBe('服务返回 502')
})
