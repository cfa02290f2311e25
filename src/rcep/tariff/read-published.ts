import { createHash } from 'node:crypto'
import { AppError, invalid } from '../../errors.ts'
import { type Concordance, type HsEdition, hsEditions, isHsEdition } from '../../reference/concordance.ts'
import { isParty, parties } from '../parties.ts'
import {
  datedRates,
  type FactProblem,
  formatJapan,
  japanColumns,
  parseJapan,
  type TariffPack,
  type TariffRate,
} from './facts.ts'
import { type PackContent, withHash } from './load-packs.ts'
import { groupNamed, partyGroups } from './party-groups.ts'
import { readAnnexSchedule } from './read-annex-schedule.ts'
import { readFlatTariff } from './read-flat-tariff.ts'
import { readJapanTariff } from './read-japan-tariff.ts'

export const publishedKinds = ['rcep-schedule', 'japan-tariff', 'mfn-tariff', 'agreement-tariff'] as const
export type PublishedKind = (typeof publishedKinds)[number]

export function isPublishedKind(text: string): text is PublishedKind {
  return publishedKinds.some((kind) => kind === text)
}

/** What the user says about a file; empty where not said. */
export interface PublishedOptions {
  /** Name of the file, kept as its origin. */
  name: string
  importer: string
  partners: string
  edition: string
  year: string
  /** Code of the agreement of an agreement-tariff. */
  agreement: string
  /** First and last day of a flat list; no last day for open. */
  from: string
  to: string
  sheet?: string | undefined
}

/**
 * Reads a tariff file as published into packs. Throws `invalid-input` for options that do not fit, `refused` for a file that cannot be
 * read whole, or whose lines are not of the HS edition named.
 */
export function readPublished(
  kind: PublishedKind,
  bytes: Uint8Array,
  options: PublishedOptions,
  concordance: Concordance,
): { packs: PackContent[]; left: FactProblem[] } {
  switch (kind) {
    case 'rcep-schedule':
      return { packs: [readSchedulePack(bytes, options, concordance)], left: [] }
    case 'japan-tariff':
      return { packs: readJapanPacks(bytes, options, concordance), left: [] }
    case 'mfn-tariff':
      return readFlatPack('MFN', bytes, options, concordance)
    case 'agreement-tariff':
      return readFlatPack(readAgreement(options.agreement), bytes, options, concordance)
  }
}

function readAgreement(text: string): string {
  const code = text.toUpperCase()
  if (!/^[A-Z][A-Z0-9-]{1,19}$/.test(code) || code === 'MFN' || code === 'RCEP')
    throw invalid('agreement', text, 'the code of an agreement other than RCEP, such as CN-KR')
  return code
}

/** A flat list of one importer's rates, open to every origin (MFN) or to the Parties of an agreement. */
function readFlatPack(
  regime: string,
  bytes: Uint8Array,
  options: PublishedOptions,
  concordance: Concordance,
): { packs: PackContent[]; left: FactProblem[] } {
  const importer = options.importer.toUpperCase()
  if (!isParty(importer)) throw invalid('importer', options.importer, `one of ${parties.join(', ')}`)
  const { edition, from, to, name } = options
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  if (!isDay(from)) throw invalid('from', from, 'the first day the rates hold, YYYY-MM-DD')
  if (to !== '' && (!isDay(to) || to < from)) throw invalid('to', to, `a day YYYY-MM-DD not before ${from}`)
  const validTo = to === '' ? null : to
  const { rates, left } = readFlatTariff(decode(bytes), { importer, validFrom: from, validTo })
  const pack: TariffPack = {
    id: `${regime}-${importer}-${from.slice(0, 4)}`.toLowerCase(),
    regime,
    importer,
    group: null,
    edition,
    validFrom: from,
    validTo,
    source: `${regime} rates of ${importer} from ${from}`,
    origin: name,
    published: null,
    sha256: sha256(bytes),
  }
  return { packs: [checked(withHash(pack, rates), concordance)], left }
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  )
}

function readSchedulePack(
  bytes: Uint8Array,
  options: PublishedOptions,
  concordance: Concordance,
): PackContent {
  const importer = options.importer.toUpperCase()
  if (!isParty(importer)) throw invalid('importer', options.importer, `one of ${parties.join(', ')}`)
  const group = groupNamed(importer, options.partners)
  const names = partyGroups(importer).map(({ name }) => name)
  if (!group) throw invalid('partners', options.partners, `${importer}'s schedules: ${names.join(', ')}`)
  const { edition } = options
  if (!isHsEdition(edition)) throw invalid('edition', edition, `one of ${hsEditions.join(', ')}`)
  const { sheet, lines } = readAnnexSchedule(
    bytes,
    options.sheet === undefined ? {} : { sheet: options.sheet },
  )
  const pack: TariffPack = {
    id: `rcep-${importer}-${group.name}-hs${edition}`.toLowerCase(),
    regime: 'RCEP',
    importer,
    group: group.name,
    edition,
    validFrom: '2022-01-01',
    validTo: null,
    source: `RCEP schedule of ${importer} for ${group.name}, sheet "${sheet}"`,
    origin: options.name,
    published: null,
    sha256: sha256(bytes),
  }
  return checked(withHash(pack, datedRates(importer, lines)), concordance)
}

function readJapanPacks(
  bytes: Uint8Array,
  options: PublishedOptions,
  concordance: Concordance,
): PackContent[] {
  const { year } = options
  if (!/^20\d{2}$/.test(year))
    throw invalid('year', year, 'the year whose 1 April the tariff holds from, such as 2026')
  const facts = formatJapan(readJapanTariff(decode(bytes)))
  return japanColumns.map((column) => {
    const group = column === 'mfn' ? null : column.toUpperCase().replaceAll('-', '+')
    const name = group === null ? `mfn-jp-${year}` : `rcep-jp-${group}-${year}`
    const pack: TariffPack = {
      id: name.toLowerCase(),
      regime: group === null ? 'MFN' : 'RCEP',
      importer: 'JP',
      group,
      edition: '2022',
      validFrom: `${year}-04-01`,
      validTo: `${Number(year) + 1}-03-31`,
      source: `Customs Tariff Schedule of Japan ${year}: ${group === null ? 'general, temporary and WTO rates' : `RCEP (${group})`}`,
      origin: options.name,
      published: null,
      sha256: sha256(bytes),
    }
    return checked(withHash(pack, parseJapan(facts, column, Number(year)).rates), concordance)
  })
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('refused', 'file: not UTF-8 text: expected a CSV file in UTF-8; nothing was stored')
  }
}

/** A line outside the edition means that the wrong edition was named, and every look-up would be wrong. */
function checked(content: PackContent, concordance: Concordance): PackContent {
  const edition: HsEdition = content.pack.edition
  const codes = concordance.codes.get(edition)
  const alien = content.rates.find(({ line }) => !codes?.has(line.slice(0, 6)))
  if (alien) throw foreignLine(alien, edition)
  return content
}

function foreignLine({ line }: TariffRate, edition: HsEdition): AppError {
  const allowed = `subheadings of HS ${edition}; name the edition the file is in; nothing was stored`
  return new AppError('refused', `line: ${line}: expected ${allowed}`, {
    field: 'line',
    value: line,
    allowed,
  })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
