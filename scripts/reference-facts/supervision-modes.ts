/**
 * The two-digit trade mode a supervision mode is counted under. `name`: both lists give the same name; `recalled`: commonly known, not
 * read in an official table. Modes that never cross the border, or whose place is not known, have none.
 */
const tradeModes: Readonly<Record<string, readonly [string, 'name' | 'recalled']>> = {
  '0110': ['10', 'name'],
  '0130': ['30', 'name'],
  '0214': ['14', 'name'],
  '0320': ['20', 'recalled'],
  '0420': ['20', 'name'],
  '0615': ['15', 'name'],
  '0715': ['15', 'name'],
  '1039': ['39', 'recalled'],
  '1233': ['33', 'name'],
  '1234': ['34', 'recalled'],
  '1427': ['27', 'name'],
  '1500': ['23', 'name'],
  '1523': ['23', 'name'],
  '1616': ['16', 'name'],
  '1741': ['41', 'name'],
  '1831': ['31', 'name'],
  '2025': ['25', 'name'],
  '2225': ['25', 'name'],
  '3422': ['22', 'name'],
  '3511': ['11', 'name'],
  '3612': ['12', 'name'],
  '4019': ['19', 'name'],
  '5014': ['14', 'recalled'],
  '5015': ['15', 'recalled'],
  '5034': ['34', 'name'],
  '5335': ['35', 'name'],
  '6033': ['33', 'recalled'],
  '9610': ['39', 'recalled'],
  '9710': ['39', 'recalled'],
  '9739': ['39', 'name'],
  '9810': ['39', 'recalled'],
  '9900': ['39', 'name'],
}

/** Code, short Chinese name, trade mode and the ground for it. */
export function supervisionModeRows(published: readonly (readonly string[])[]): string[][] {
  return published.map((row) => {
    const code = (row[0] ?? '').trim()
    const [tradeMode, basis] = tradeModes[code] ?? ['', '']
    return [code, (row[1] ?? '').trim().normalize('NFKC'), tradeMode, basis]
  })
}
