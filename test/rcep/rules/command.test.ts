import { describe, expect, test } from 'vitest'
import { main } from '../../../src/cli/main.ts'

async function rule(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', '']
  const io = {
    stdout: (text: string) => {
      out += text
    },
    stderr: (text: string) => {
      error += text
    },
  }
  return { code: await main(['rule', ...argv], io), out, error }
}

describe('tradewind rule parse', () => {
  test('shows each alternative in both languages', async () => {
    expect(await rule('parse', '品目改变，但从品目72.08转变来的除外；或者区域价值成分40%')).toEqual({
      code: 0,
      out: [
        'must meet one of:',
        '  CTH except from heading 72.08  (品目改变，但从品目72.08转变来的除外)',
        '  RVC40  (区域价值成分40%)',
        '',
      ].join('\n'),
      error: '',
    })
  })

  test('shows what depends on the product', async () => {
    expect(await rule('parse', 'CC or RVC40 for insects; CC for any other good')).toEqual({
      code: 0,
      out: [
        'depends on the product:',
        'insects',
        '  must meet one of:',
        '    CC  (章改变)',
        '    RVC40  (区域价值成分40%)',
        'any other good',
        '  must meet:',
        '    CC  (章改变)',
        '',
      ].join('\n'),
      error: '',
    })
  })

  test('prints the parse as JSON', async () => {
    const { code, out } = await rule('parse', 'RVC40', '--json')
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { kind: 'rule', text: 'RVC40', alternatives: [{ terms: [{ kind: 'RVC', threshold: '40' }] }] },
    ])
  })

  test('answers a text it cannot read with manual', async () => {
    const { code, out } = await rule('parse', 'see note 3', '--json')
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { kind: 'manual', text: 'see note 3', reason: '"see note 3" is not understood' },
    ])
  })

  test.each([
    [['parse'], 'error: text: : an origin rule, e.g. "CTH or RVC40"\n'],
    [['parse', '  '], 'error: text:   : an origin rule, e.g. "CTH or RVC40"\n'],
    [['read', 'CTH'], 'error: action: read: parse\n'],
  ])('refuses %j', async (argv, error) => {
    expect(await rule(...argv)).toEqual({ code: 2, out: '', error })
  })
})
