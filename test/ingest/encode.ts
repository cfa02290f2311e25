/** Every character of GB18030's two-byte part by its bytes, learnt from the decoder. */
function twoByteTable(): Map<string, number[]> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (trail !== 0x7f && [...text].length === 1 && text !== '\uFFFD') table.set(text, [lead, trail])
    }
  }
  return table
}

const table = twoByteTable()

/** Encodes text as GB18030; characters beyond the Basic Multilingual Plane take four bytes. */
export function gb18030(text: string): Uint8Array {
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) return [code]
    const two = table.get(character)
    if (two) return two
    if (code < 0x10000) throw new Error(`${character} is not in the two-byte part`)
    const linear = code - 0x10000 + 189_000
    return [
      0x81 + Math.floor(linear / 12_600),
      0x30 + (Math.floor(linear / 1260) % 10),
      0x81 + (Math.floor(linear / 10) % 126),
      0x30 + (linear % 10),
    ]
  })
  return Uint8Array.from(bytes)
}
