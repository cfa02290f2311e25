import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { readReference } from '../reference/load.ts'

/** Months of one year, lines in the order of the list, a few partners and modes each, as the public download has them. */
export async function writeSample(path: string, rows: number): Promise<void> {
  const { lines, countries } = readReference()
  const partners = countries.all.filter((country) => country.kind === 'country')
  const encode = gb18030Encoder()
  const header = [
    '数据年月',
    '商品编码',
    '商品名称',
    '贸易伙伴编码',
    '贸易伙伴名称',
    '贸易方式编码',
    '贸易方式名称',
  ]
  const rest = ['注册地编码', '注册地名称', '第一数量', '第一计量单位', '第二数量', '第二计量单位', '人民币']
  const out = createWriteStream(path)
  const quoted = (cells: readonly string[]) => `${cells.map((cell) => `"${encode(cell)}"`).join(',')},\n`
  out.write(Buffer.from(quoted([...header, ...rest]), 'latin1'))
  const perMonth = Math.ceil(rows / 12)
  let text = ''
  for (let row = 0; row < rows; row++) {
    const place = row % perMonth
    const line = lines[Math.floor((place / perMonth) * lines.length)]
    const partner = partners[(place * 7 + Math.floor(place / 5)) % 60]
    const value = ((row * 7919) % 99_991) * 37 + 5
    const month = `2025${String(Math.floor(row / perMonth) + 1).padStart(2, '0')}`
    const mode = place % 3 === 0 ? ['14', '来料加工贸易'] : ['10', '一般贸易']
    const goods = [line?.code ?? '', line?.nameZh ?? '', partner?.code ?? '', partner?.nameZh ?? '']
    const amounts = [String(value % 100_000), line?.unit1 ?? '', '0', '?', value.toLocaleString('en')]
    text += quoted([month, ...goods, ...mode, '37', '山东省', ...amounts])
    if (text.length < 1_000_000) continue
    if (!out.write(Buffer.from(text, 'latin1')))
      await new Promise<void>((resolve) => out.once('drain', () => resolve()))
    text = ''
  }
  out.end(Buffer.from(text, 'latin1'))
  await finished(out)
}

/** Encodes names as GB18030, one character to a byte; characters outside its two-byte part become a question mark. */
function gb18030Encoder(): (text: string) => string {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, string>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const bytes = Buffer.from([lead, trail])
      table.set(decoder.decode(bytes), bytes.toString('latin1'))
    }
  }
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const bytes = [...text].map((one) => (one < '\x80' ? one : (table.get(one) ?? '?'))).join('')
    if (known.size < 20_000) known.set(text, bytes)
    return bytes
  }
}
