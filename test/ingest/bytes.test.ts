import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteInspector, type Encoding } from '../../src/ingest/bytes.ts'
import { gb18030 } from './encode.ts'

function inspect(bytes: Uint8Array, chunk = 7) {
  const inspector = byteInspector()
  for (let at = 0; at < bytes.length; at += chunk) inspector.push(bytes.subarray(at, at + chunk))
  return inspector.finish()
}

const chinese = '数据年月,商品名称,人民币\r\n202301,转基因黄大豆,"5,917"\r\n202301,𠮷野,1\r\n'

function broken(encoding: Encoding, before: Uint8Array) {
  return { encoding, offset: before.length }
}

describe('encoding of a file', () => {
  test.each<[string, Uint8Array, Encoding]>([
    ['plain ASCII', Buffer.from('a,b\n1,2\n'), 'utf-8'],
    ['UTF-8', Buffer.from(chinese), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${chinese}`), 'utf-8'],
    ['GB18030 with four-byte characters', gb18030(chinese), 'gb18030'],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${chinese}`, 'utf16le'), 'utf-16le'],
    ['UTF-16LE without', Buffer.from(chinese, 'utf16le'), 'utf-16le'],
    ['UTF-16BE without', Buffer.from(chinese, 'utf16le').swap16(), 'utf-16be'],
    [
      'Windows-1252',
      Buffer.from('Curaçao,Türkiye,Côte d’Ivoire\n'.replace('’', "'"), 'latin1'),
      'windows-1252',
    ],
    ['nothing', new Uint8Array(0), 'utf-8'],
  ])('%s', (_name, bytes, encoding) => {
    expect(inspect(bytes).encoding).toBe(encoding)
  })

  test('one Chinese character at the very end is seen', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(100_000)), gb18030('中国')])
    expect(inspect(bytes, 4096).encoding).toBe('gb18030')
  })

  test('does not depend on where chunks are cut', () => {
    const bytes = gb18030(chinese)
    for (let chunk = 1; chunk < 12; chunk++) expect(inspect(bytes, chunk)).toEqual(inspect(bytes, 4096))
  })
})

describe('damage', () => {
  const many = '贸易伙伴名称与商品名称\n'.repeat(3)
  test.each<[string, Uint8Array, { encoding: Encoding; offset: number } | null]>([
    [
      'a byte amid GB18030',
      Buffer.concat([gb18030(many), Uint8Array.of(0xff), gb18030(many)]),
      broken('gb18030', gb18030(many)),
    ],
    ['GB18030 cut in a character', gb18030(`${many}商`).subarray(0, -1), broken('gb18030', gb18030(many))],
    [
      'a byte amid UTF-8',
      Buffer.concat([Buffer.from(many), Uint8Array.of(0xe5), Buffer.from('a')]),
      broken('utf-8', Buffer.from(many)),
    ],
    [
      'UTF-8 cut in a character',
      Buffer.from(`${many}商`).subarray(0, -1),
      broken('utf-8', Buffer.from(many)),
    ],
    [
      'marked UTF-8',
      Buffer.concat([Buffer.from('\uFEFFa\n'), Uint8Array.of(0x80)]),
      { encoding: 'utf-8', offset: 5 },
    ],
    ['whole GB18030', gb18030(many), null],
    ['whole UTF-8', Buffer.from(many), null],
    [
      'Windows-1252',
      Buffer.from(
        'Curaçao,Türkiye,Åland,Réunion,México,São Tomé,Perú,España,Österreich,Côte\n'.repeat(9),
        'latin1',
      ),
      null,
    ],
  ])('%s breaks where it does, however it is cut', (_name, bytes, expected) => {
    for (const chunk of [1, 2, 3, 7, 4096]) expect(inspect(bytes, chunk).broken).toEqual(expected)
  })

  test('NUL bytes are counted with their offsets', () => {
    expect(inspect(Buffer.from('a,b\n\0,2\n3,\0\n')).nuls).toEqual({ count: 2, offsets: [4, 10] })
  })

  test('a long run of zero bytes is damage, also across chunks', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(700), Buffer.from('\n1,2\n')])
    expect(inspect(bytes, 100).zeroFill).toEqual({ offset: 4, length: 700 })
    expect(inspect(bytes).encoding).toBe('utf-8')
  })
})

test('arbitrary bytes never make it throw, and the length is theirs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (bytes, chunk) => {
      expect(inspect(bytes, chunk).bytes).toBe(bytes.length)
    }),
  )
})
