/** Characters the published list lost (`?`), in order of appearance; taken from the same lines' ten-digit names. */
const lostCharacters: Readonly<Record<string, readonly string[]>> = {
  '03019992': ['鲀'],
  '03024200': ['鳀'],
  '03024990': ['鲹', '鲹', '鲹', '鲹'],
  '03028200': ['魟'],
  '03028940': ['鲀'],
  '03035990': ['鳀', '鳀', '鲹', '鲹', '鲹', '鲹'],
  '03038200': ['魟'],
  '03044800': ['魟'],
  '03045700': ['魟'],
  '03046211': ['鮰'],
  '03046219': ['鮰'],
  '03048800': ['魟'],
  '03049700': ['魟'],
  '03055490': ['鳀', '鳀', '鲹', '鲹', '鲹', '鲹'],
  '03056300': ['鳀'],
  '08084000': ['榅', '桲'],
  '16041600': ['鳀'],
  '16041931': ['鮰'],
  '16041939': ['鮰'],
  '20059960': ['藠'],
  '29349100': ['噁', '噁', '噁'],
  '50071010': ['䌷'],
  '50071090': ['䌷'],
  '72082610': ['m²'],
  '72083810': ['m²'],
  '72085310': ['m²'],
  '72091510': ['m²'],
  '72091610': ['m²'],
  '72091710': ['m²'],
  '95079000': ['囮'],
}

/** Lines whose units are damaged in the published list: one lost its unit to another. */
const mendedUnits: Readonly<Record<string, readonly [string, string]>> = {
  '96151100': ['千克', ''],
  '96170019': ['个', '千克'],
}

/** Code, Chinese name, first and second unit of every line; an absent second unit is empty. */
export function hsLineRows(published: readonly (readonly string[])[]): string[][] {
  return published.map((row) => {
    const code = (row[0] ?? '').trim()
    const [unit1, unit2] = mendedUnits[code] ?? [
      (row[4] ?? '').trim(),
      (row[6] ?? '').trim().replace('?', ''),
    ]
    if (!/^\d{8}$/.test(code) || unit1 === '') throw new Error(`damaged line: ${row.join('|')}`)
    return [code, mendName(code, row[1] ?? ''), unit1, unit2]
  })
}

function mendName(code: string, published: string): string {
  const lost = [...(lostCharacters[code] ?? [])]
  const name = published.replaceAll(/\?/g, () => {
    const character = lost.shift()
    if (character === undefined) throw new Error(`${code}: an unknown character is lost in ${published}`)
    return character
  })
  return name.replaceAll(/\s+/g, ' ').trim()
}
