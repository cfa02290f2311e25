const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * Unified social credit code (统一社会信用代码) with its spaces taken out, or null when it is not 18 characters of its alphabet or
 * the check character is wrong. GB 32100-2015: the weighted sum of the first 17 values, mod 31, is taken from 31.
 */
export function normaliseUscc(text: string): string | null {
  const code = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  if (!/^[1-9A-HJ-NPQRTUWXY][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return null
  return usccCheckCharacter(code) === code.charAt(17) ? code : null
}

/** The check character that belongs to the first 17 characters. */
export function usccCheckCharacter(code: string): string {
  const sum = usccWeights.reduce(
    (total, weight, at) => total + weight * usccAlphabet.indexOf(code.charAt(at)),
    0,
  )
  return usccAlphabet.charAt((31 - (sum % 31)) % 31)
}

/** What a ten-character customs registration code (海关注册编码) says of a firm. */
export interface CustomsCode {
  code: string
  /** Five characters: the administrative area and its kind of zone. */
  district: string
  /** The sixth character. */
  ownership: string
}

/** Reads a customs registration code: four digits, then six digits or capital letters; null when it has another shape. */
export function readCustomsCode(text: string): CustomsCode | null {
  const code = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  if (!/^[0-9]{4}[0-9A-Z]{6}$/.test(code)) return null
  return { code, district: code.slice(0, 5), ownership: code.charAt(5) }
}
