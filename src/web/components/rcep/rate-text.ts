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

const mostShown = 3

/** The same where there is little room: of more than three rates the lowest and the highest, and how many there are. */
export function shortRates(rates: string, text: Text): string {
  const all = rates.split(' / ')
  if (all.length <= mostShown) return rateText(rates, text)
  const figures = all.map((rate) => /^(\d+(?:\.\d+)?)%$/.exec(rate)?.[1])
  const { moreRates, rateRange } = text.preference.ledger
  if (!figures.every((figure) => figure !== undefined))
    return moreRates(rateText(all.slice(0, 2).join(' / '), text), all.length)
  const rising = figures.toSorted((one, other) => Number(one) - Number(other))
  return rateRange(`${rising[0]}%`, `${rising.at(-1)}%`, all.length)
}
