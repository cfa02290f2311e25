import type { Text } from '../../text/zh.ts'

/** An agreement by its code; what has no name in the language keeps its code. */
export function agreementText(code: string, text: Text): string {
  return text.rcep.agreements[code] ?? code
}

/** Rates as published, with the words among them in the reader's language; several are separated by " / ". */
export function rateText(rates: string, text: Text): string {
  return rates
    .split(' / ')
    .map((rate) => text.rcep.rateWords[rate] ?? rate)
    .join(' / ')
}
