/** Units that are a multiple of another: base unit and factor, exact. */
const multiples: Readonly<Record<string, readonly [string, string]>> = {
  克: ['千克', '0.001'],
  吨: ['千克', '1000'],
  公担: ['千克', '100'],
  毫升: ['升', '0.001'],
  千升: ['升', '1000'],
  千米: ['米', '1000'],
  万个: ['个', '10000'],
  百副: ['副', '100'],
  百支: ['支', '100'],
  百把: ['把', '100'],
  百个: ['个', '100'],
  百片: ['片', '100'],
  百枝: ['枝', '100'],
  千只: ['只', '1000'],
  千块: ['块', '1000'],
  千盒: ['盒', '1000'],
  千枝: ['枝', '1000'],
  千个: ['个', '1000'],
  千支: ['支', '1000'],
  千张: ['张', '1000'],
  千粒: ['粒', '1000'],
  千英尺: ['英尺', '1000'],
  万套: ['套', '10000'],
  万张: ['张', '10000'],
  万双: ['双', '10000'],
  万粒: ['粒', '10000'],
  亿支: ['支', '100000000'],
  亿个: ['个', '100000000'],
  亿株: ['株', '100000000'],
}

/** Code, name, base unit and how many base units one unit is; a unit that is no multiple is its own base. */
export function unitRows(published: readonly (readonly string[])[]): string[][] {
  return published.map((row) => {
    const [code = '', name = ''] = row.map((cell) => cell.trim())
    const [base, factor] = multiples[name] ?? [name, '1']
    return [code, name, base, factor]
  })
}
