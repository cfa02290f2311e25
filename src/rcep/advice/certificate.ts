import sheet from '../../../data/origin/rcep/certificate.json' with { type: 'json' }
import { parseRule } from '../rules/parse.ts'
import type { Alternative } from '../rules/types.ts'
import { type PlanText, planText } from './plan-text.ts'
import { isWaived, proofDates, proofKinds, smallValueNumber } from './proofs.ts'
import type { AdviceLanguage, AdviceText } from './text.ts'
import type { Certificate, CertificateBox, Dossier, Findings, ImportDeclaration, Question } from './types.ts'

type Core = Pick<Certificate, 'needed' | 'hs6' | 'box10' | 'box11' | 'box12Fob'>

/** The proof of origin: the sheet of Form RCEP as far as it is known, the kinds of proof, their dates, and what to hold. */
export function certificateOf(
  dossier: Dossier,
  question: Question,
  findings: Findings,
  text: AdviceText,
): Certificate {
  const { origin } = dossier
  const { language } = text
  const core = coreOf(dossier, findings)
  return {
    ...core,
    boxes: sheet.boxes.map(({ box, note, title, rule }) => ({
      box,
      title: title[language],
      ...filling(box, core, { dossier, question, text: planText(language) }),
      rule: rule[language],
      cite: note === null ? 'Form RCEP' : `Form RCEP, note ${note}`,
    })),
    proofs: proofKinds(question, language),
    dates: proofDates(question),
    waived: isWaived(question.goods),
    evidence:
      origin?.verdict === 'pass' ? origin.evidence : planText(language).evidenceAhead(question.exporter),
    declaration: declarationOf(core, question, language),
  }
}

function coreOf({ origin, mappings }: Dossier, findings: Findings): Core {
  const codes = mappings.find(({ edition }) => edition === '2022')?.mapping.candidates ?? []
  const unneeded = findings.verdict === 'fail' || findings.cheaper === 'MFN'
  const certificate = origin?.certificate ?? null
  return {
    needed: unneeded ? false : findings.cheaper === null ? null : true,
    hs6: codes.length === 1 ? (codes[0] ?? null) : null,
    box10: certificate?.box10 ?? null,
    box11: certificate?.box11 ?? null,
    box12Fob: certificate?.box12Fob ?? null,
  }
}

type Filling = Pick<CertificateBox, 'content' | 'options'>

/** What the engine can write into a box; before a verdict, what may come to stand there. */
function filling(
  box: number,
  core: Core,
  { dossier, question, text }: { dossier: Dossier; question: Question; text: PlanText },
): Filling {
  const { exporter, importer } = question
  switch (box) {
    case 6:
      return written('1')
    case 9:
      return core.hs6 === null ? open(candidates(dossier)) : written(core.hs6)
    case 10:
      return core.box10 === null ? open(criteria(dossier.rule?.text ?? null)) : written(core.box10.join(' '))
    case 11:
      return core.box11?.party
        ? written(marked(core.box11.party, core.box11.mark))
        : open([partyName(exporter)])
    case 12:
      return open([quantityAndFob(core, dossier, text)])
    case 15:
      return written(partyName(importer))
    case 17:
      return open(ticks(dossier, question))
    default:
      return open([])
  }
}

/** Quantity and value are those of the consignment; the bill knows the value of one good. */
function quantityAndFob({ box12Fob }: Core, { bill }: Dossier, text: PlanText): string {
  if (box12Fob === null || bill === null) return text.box12Open
  const { fob, currency = '' } = bill.good
  return box12Fob ? text.box12Fob(`${currency} ${fob}`.trim()) : text.box12Quantity
}

function written(content: string): Filling {
  return { content, options: [] }
}

function open(options: readonly string[]): Filling {
  return { content: null, options: [...options] }
}

function candidates({ mappings }: Dossier): readonly string[] {
  return mappings.find(({ edition }) => edition === '2022')?.mapping.candidates ?? []
}

/** Criteria that can stand in box 10 under a rule; WO and PE are open to every good (Annex 3A, headnote 2). */
function criteria(ruleText: string | null): string[] {
  const rule = ruleText === null ? null : parseRule(ruleText)
  const found = (alternatives: readonly Alternative[]) =>
    alternatives.map(({ terms }) => {
      const kinds = new Set(terms.map(({ kind }) => kind))
      if (kinds.has('RVC')) return 'RVC'
      return kinds.has('CTC') || kinds.has('weight') ? 'CTC' : kinds.has('CR') ? 'CR' : 'PE'
    })
  const cases = rule?.kind === 'conditional' ? rule.cases.flatMap((one) => found(one.alternatives)) : []
  const codes = rule?.kind === 'rule' ? found(rule.alternatives) : cases
  return [...new Set(['WO', 'PE', ...codes])]
}

function partyName(party: string): string {
  const names: Record<string, string> = sheet.partyNames
  return names[party] ?? party
}

/** A Party with a mark is the one of the highest rate, not the country of origin. */
function marked(party: string, mark: '*' | '**' | null): string {
  return mark === null ? partyName(party) : `${partyName(party)} ${mark}`
}

/** Ticks of box 17 that follow from the question; third-party invoicing only the firm knows. */
function ticks({ bill }: Dossier, { issuedOn, shippedOn }: Question): string[] {
  const backToBack = bill?.exporter !== undefined && bill.exporter !== bill.good.producedIn
  const late = issuedOn !== null && shippedOn !== null && issuedOn > shippedOn
  return [
    ...(backToBack ? ['Back-to-back Certificate of Origin'] : []),
    ...(late ? ['ISSUED RETROACTIVELY'] : []),
  ]
}

function declarationOf(
  core: Core,
  { importer, goods }: Question,
  language: AdviceLanguage,
): ImportDeclaration | null {
  const practices: Record<string, (typeof sheet.importDeclaration)['CN'] | undefined> =
    sheet.importDeclaration
  const practice = practices[importer]
  if (!practice) return null
  const options = [practice.contributingParties, practice.allParties]
  const { box11 } = core
  const claim = options.find(({ mark }) => mark === box11?.mark)
  return {
    agreementCode: practice.agreementCode,
    origin: claim?.code ?? box11?.party ?? null,
    highestRateOptions: options.map(({ code, mark, text }) => ({ code, mark, text: text[language] })),
    proofNumber: isWaived(goods) ? smallValueNumber(importer) : null,
    cite: practice.cite,
  }
}
