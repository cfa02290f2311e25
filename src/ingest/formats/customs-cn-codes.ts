import {
  districtOf,
  normaliseEnterpriseCode,
  normaliseSupervisionMode,
  normaliseTradeMode,
  normaliseTransportMode,
  ownershipOf,
} from '../../reference/modes.ts'
import { type CodeCell, clean, decodeHs, decodeListed, decodePartner, kept, remember } from '../codes.ts'
import type { TradeRecord } from '../record.ts'
import type { RowReader } from '../row-reader.ts'
import type { DecodeContext } from './layout.ts'
import { decodeLoosePeriod } from './loose.ts'

/** Decoders of the codes in the customs' tables, each remembering what it met. */
export function customsCodes(context: DecodeContext) {
  const { reference, today } = context
  const places = [...reference.districts, ...reference.provinces]
  const ownership = remember((text) =>
    decodeListed(text, reference.ownerships, 'unknown-ownership', (code) =>
      /^\d$/.test(code) ? code : null,
    ),
  )
  const district = remember((text) => decodeListed(text, places, 'unknown-district', (code) => code))
  return {
    period: remember((text) => decodeLoosePeriod(text, today)),
    hs: remember(decodeHs),
    partner: remember((text) => decodePartner(text, reference)),
    enterprise: remember(decodeEnterprise),
    transport: remember((text) =>
      decodeListed(text, reference.transportModes, 'unknown-transport', normaliseTransportMode),
    ),
    modes: modeDecoder(context),
    /** From its column, otherwise the sixth character of the enterprise code. */
    ownership: (row: RowReader, firm: string | null) =>
      row.optional(['ownership', 'ownershipName'], ownership) ?? (firm && ownershipOf(firm)),
    /** From its column, otherwise where the enterprise is registered: the start of its code. */
    district: (row: RowReader, firm: string | null) =>
      row.optional(['district', 'districtName'], district) ?? (firm && districtOf(firm)),
  }
}

/** A two-digit 贸易方式 and a four-digit 监管方式, whichever column they stand in; the first follows from the second. */
function modeDecoder({ reference }: DecodeContext) {
  const trade = remember((text) =>
    decodeListed(text, reference.tradeModes, 'unknown-trade-mode', normaliseTradeMode),
  )
  const supervision = remember((text) =>
    decodeListed(text, reference.supervisionModes, 'unknown-supervision-mode', normaliseSupervisionMode),
  )
  const countedAs = new Map(reference.supervisionModes.map((mode) => [mode.code, mode.tradeMode]))
  const fourDigits = remember(
    (text) => normaliseTradeMode(text) === null && normaliseSupervisionMode(text) !== null,
  )
  return (row: RowReader): Pick<TradeRecord, 'tradeMode' | 'supervisionMode'> => {
    const given = row.text('tradeMode')
    const declared = row.optional(['supervisionMode', 'supervisionModeName'], supervision)
    if (fourDigits(given)) {
      const mode = declared ?? row.optional(['tradeMode'], supervision)
      return { supervisionMode: mode, tradeMode: countedAs.get(mode ?? '') ?? null }
    }
    const counted = row.optional(['tradeMode', 'tradeModeName'], trade)
    return { supervisionMode: declared, tradeMode: counted ?? countedAs.get(declared ?? '') ?? null }
  }
}

/** A ten-character registration code; anything else is kept and said so. */
export function decodeEnterprise(text: string): CodeCell {
  const code = normaliseEnterpriseCode(text)
  if (code !== null) return { value: code }
  return { value: clean(text), unknown: kept('unknown-enterprise') }
}
