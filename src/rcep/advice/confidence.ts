import { givenPack, type TariffLines } from '../tariff/offers.ts'
import { isUnsureOfGroups } from '../tariff/party-groups.ts'
import type { ConfidenceText } from './confidence-text.ts'
import { differentialAmong } from './steps.ts'
import type { Confidence, Dossier, Findings, Missing, Question } from './types.ts'

/**
 * How far an answer can be relied on, and what keeps it from being certain: facts that were recalled or read in a secondary source
 * and on which this very answer hangs. `low` where the verdict or the better rate cannot be told at all; no figure is invented.
 */
export function confidenceOf(
  dossier: Dossier,
  question: Question,
  { findings, missing, text }: { findings: Findings; missing: readonly Missing[]; text: ConfidenceText },
): Confidence {
  const preference = findings.rcep !== null && findings.cheaper !== 'MFN'
  const reasons = [
    ...codeReasons(dossier, text),
    ...rateReasons(dossier, question, findings, text),
    ...(preference ? originReasons(dossier, findings, text) : []),
    ...(preference ? appendixReasons(dossier, question, findings, text) : []),
    ...(preference ? proofReasons(question, text) : []),
  ]
  const open = findings.cheaper !== 'MFN' && findings.verdict === 'needs-info'
  const undecided = open || findings.cheaper === null || missing.some(({ code }) => code !== 'origin')
  return { level: undecided ? 'low' : reasons.length > 0 ? 'medium' : 'high', reasons }
}

function codeReasons({ mappings, tariffs }: Dossier, text: ConfidenceText): Confidence['reasons'] {
  const used = new Set(tariffs.map(({ pack }) => pack.edition))
  return mappings.flatMap(({ edition, mapping }) =>
    used.has(edition) && mapping.candidates.length !== 1
      ? [{ code: 'hs-mapping', text: text.mapping(edition, [...mapping.candidates]) }]
      : [],
  )
}

function rateReasons(
  { tariffs }: Dossier,
  { importer }: Question,
  { group }: Findings,
  text: ConfidenceText,
): Confidence['reasons'] {
  const used = tariffs.filter(({ pack }) => pack.regime === 'MFN' || pack.group === group)
  const isTreaty = ({ pack }: TariffLines) => pack.regime === 'RCEP' && pack.edition === '2012'
  const isUndated = ({ pack }: TariffLines) =>
    pack.regime === 'MFN' && pack.published === null && pack.id !== givenPack
  return [
    ...(used.some(isTreaty) ? [{ code: 'treaty-schedule', text: text.treaty(importer) }] : []),
    ...(used.some(isUndated) ? [{ code: 'undated-mfn', text: text.undated(importer) }] : []),
    ...(used.some(({ pack }) => pack.id === givenPack) ? [{ code: 'given-mfn', text: text.given }] : []),
    ...(isUnsureOfGroups(importer) ? [{ code: 'party-groups', text: text.groups(importer) }] : []),
  ]
}

function originReasons(
  { rule, origin, bill }: Dossier,
  { verdict, isSettled }: Findings,
  text: ConfidenceText,
): Confidence['reasons'] {
  if (rule === null && origin === null) return []
  const country = origin?.rcepCountryOfOrigin
  const stated = bill?.rule !== undefined && bill.rule !== null
  return [
    ...(stated ? [{ code: 'given-rule', text: text.givenRule }] : [{ code: 'rule-source', text: text.rule }]),
    ...(verdict === 'pass' && !isSettled ? [{ code: 'origin-open', text: text.originOpen }] : []),
    ...(country?.openPoints.length ? [{ code: 'country-of-origin', text: text.country }] : []),
  ]
}

/** No Appendix ships; where rates differ by Party the one of the importing Party may change the country of origin. */
function appendixReasons(
  dossier: Dossier,
  question: Question,
  findings: Findings,
  text: ConfidenceText,
): Confidence['reasons'] {
  const { found, unknown } = differentialAmong(dossier, question, findings)
  const isStated = dossier.bill?.appendix !== undefined
  if (isStated || !(found || unknown.length > 0)) return []
  return [{ code: 'appendix', text: text.appendix(question.importer) }]
}

function proofReasons({ importer, goods }: Question, text: ConfidenceText): Confidence['reasons'] {
  return [
    ...(goods.shipment ? [{ code: 'customs-value', text: text.customsValue(importer) }] : []),
    { code: 'importation-day', text: text.importation },
    ...(importer === 'CN' ? [{ code: 'china-proofs', text: text.chinaProofs }] : []),
  ]
}
