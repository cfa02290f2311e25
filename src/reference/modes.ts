/** A code and its Chinese name: transport modes (运输方式), a digit or a letter. */
export interface CodeName {
  readonly code: string
  readonly nameZh: string
}

/** A code and its names: ownership (the sixth digit of an enterprise's customs code), provinces. */
export interface NamedCode extends CodeName {
  readonly nameEn: string
}

/** A two-digit trade mode (贸易方式) of the customs statistics; `checked` when its name was read in use, not only recalled. */
export interface TradeMode extends NamedCode {
  readonly checked: boolean
}

/**
 * A four-digit supervision mode (监管方式) of declarations and the trade mode it is counted under, null where that is not
 * established. `basis`: the two lists give the same name, or the place is commonly known but was not read in an official table.
 */
export interface SupervisionMode extends CodeName {
  readonly tradeMode: string | null
  readonly basis: 'name' | 'recalled' | null
}

/** Four digits as text, or null; a spreadsheet's `110` is 0110. */
export function normaliseSupervisionMode(text: string): string | null {
  const bare = bareCode(text)
  return /^\d{3,4}$/.test(bare) ? bare.padStart(4, '0') : null
}

/** Two digits as text, or null. */
export function normaliseTradeMode(text: string): string | null {
  const bare = bareCode(text)
  return /^\d{2}$/.test(bare) ? bare : null
}

/** One digit or capital letter, or null. */
export function normaliseTransportMode(text: string): string | null {
  const bare = bareCode(text).toUpperCase()
  return /^[0-9A-Z]$/.test(bare) ? bare : null
}

/** Whether the text has the shape of a ten-character enterprise code: five-character district, zone, ownership, three more. */
export function normaliseEnterpriseCode(text: string): string | null {
  const bare = bareCode(text).toUpperCase()
  return /^\d{4}[0-9A-Z]{6}$/.test(bare) ? bare : null
}

/** The ownership digit of an enterprise code (its sixth character), or null when the code has not the right shape. */
export function ownershipOf(enterpriseCode: string): string | null {
  const code = normaliseEnterpriseCode(enterpriseCode)
  return code === null ? null : code.charAt(5)
}

/** The five-character district at the start of an enterprise code, or null. */
export function districtOf(enterpriseCode: string): string | null {
  const code = normaliseEnterpriseCode(enterpriseCode)
  return code === null ? null : code.slice(0, 5)
}

function bareCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s'"`’‘]/g, '')
}
