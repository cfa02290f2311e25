import type { OriginText } from './text.ts'

export const en: OriginText = {
  rule: {
    scheduleYear: 'year of the tariff schedule',
    inForce: 'agreement in force',
    productRule: 'product-specific rule',
    material: (id) => `origin of material ${id}`,
    whollyObtained: 'WO',
    exclusive: 'PE',
    minimalOperations: 'minimal operations',
    cumulation: 'cumulation',
    appendix: 'Appendix of the importing Party',
    countryOfOrigin: 'RCEP country of origin',
    claim: (basis) => `rate to claim, ${basis}`,
  },
  inForce: (agreement, importer, exporter, on) => `${agreement} binds ${importer} and ${exporter} on ${on}`,
  notInForce: (agreement, importer, exporter, on) =>
    `${agreement} is not in force between ${importer} and ${exporter} on ${on}`,
  forceUnknown: (agreement, importer, exporter) =>
    `whether ${agreement} binds ${importer} and ${exporter} to each other was not found: ask customs of ${importer}`,
  scheduleYear: (importer, year, span) => `year ${year} of ${importer}'s schedule, ${span}`,
  shock: (of, verdict, percent, rule) => {
    const what = {
      'material-price': 'the price of the non-originating materials',
      'exchange-rate': 'the cost of imported non-originating materials by the exchange rate',
      'fob-price': 'the FOB price',
    }[of]
    if (percent === null) return `${what}: no change turns the verdict`
    return verdict === 'pass'
      ? `${what}: the verdict holds up to a change of ${percent} % (${rule})`
      : `${what}: a change of ${percent} % makes the goods originate (${rule})`
  },
  notAParty: (country) =>
    `${country} is not a Party: nothing produced there can originate under the agreement`,
  backToBack: (party) =>
    `a back-to-back proof changes neither origin nor the RCEP country of origin, which are those of ${party}`,
  ruleGiven: (text) => `${text} (given with the case)`,
  ruleFound: (text, source) => `${text} (${source})`,
  ruleProblem: (problem, subject) => {
    const whose = subject === null ? 'the rule of the good' : `the rule of intermediate ${subject}`
    if (problem.kind === 'missing') return `${whose} is not known`
    if (problem.kind === 'incomplete')
      return `${whose} is known only in general, "${problem.text}": the agreement's product list overrides it and is not at hand`
    if (problem.kind === 'manual')
      return `${whose} must be read by a person: "${problem.text}" (${problem.reason})`
    return `${whose} differs by product; name in "condition" which it is: ${problem.conditions.join(' | ')}`
  },
  ownOrigin: (party) => `originates in ${party}, where it is used`,
  partnerOrigin: (party, evidence) =>
    `originates in ${party} and counts where it is used${evidence === null ? '; no evidence named' : `; evidence: ${evidence}`}`,
  rolledUp: (party) => `made in ${party} and meets its own rule: counts as originating at its whole price`,
  failsItsRule: (party, lookedThrough) =>
    `made in ${party} but does not meet its own rule: non-originating${lookedThrough ? '; self-produced, so also looked through to its inputs' : ' at its whole price'}`,
  nonOriginating: (country) => `non-originating${country === null ? '' : `, from ${country}`}`,
  unknownOrigin: 'origin not known: counts as non-originating',
  notCumulable: (party) => `${party} is not a Party: counts as non-originating`,
  notYetInForce: (party, on) => `the agreement does not bind ${party} on ${on}: counts as non-originating`,
  pairUnknown: (party, importer) =>
    `whether the agreement binds ${party} and ${importer} was not found: counts as non-originating`,
  indirect: 'indirect material: originating wherever it was made',
  transportPacking: 'transport packing: left out of every test',
  retailPackaging:
    'retail packaging: left out of the change of classification, counted by its own origin in value',
  accessory:
    'accessory presented with the good, taken as customary in quantity and value: left out of the change of classification, counted in value',
  noShift: (ids) => `whether it makes a change is not known: no such code (${ids.join(', ')})`,
  shift: (level) => (level === null ? 'same subheading as the good' : `changes ${level}`),
  expanded: (ids) => `with ${ids.join(', ')} looked through to the inputs`,
  whollyObtainedMet: (party) => `wholly obtained or produced in ${party}, on the ground stated`,
  whollyObtainedFails: (ids) =>
    `not wholly obtained: ${ids.join(', ')} did not come from the producing Party`,
  exclusiveMet: 'every material used directly originates',
  exclusiveFails: (ids) => `not made only from originating materials: ${ids.join(', ')}`,
  noMaterials: 'the bill names no material, so no route can be tested',
  changeMet: 'every non-originating material makes the change',
  changeFails: (ids) => `no change, or excepted: ${ids.join(', ')}`,
  tolerated: (ids, share, limit, basis) =>
    `${ids.join(', ')} without the change are ${share} % of ${basis === 'value' ? 'FOB' : 'the weight'}, within ${limit} %`,
  byCustomsValue:
    'Australia measures the tolerance of Art. 3.7 by customs value (Customs Act s 153ZQE): give good.customsValue where it decides',
  notTolerated: (share, limit) => `they are ${share} % of FOB; ${limit} % would be tolerated`,
  value: ({ vnm, fob, buildDown, buildUp, threshold }) =>
    `build-down (${fob} - ${vnm}) / ${fob} = ${buildDown} %${buildUp === null ? '' : `, build-up ${buildUp} %`}; at least ${threshold} % is needed`,
  buildUpState: {
    'no-costs': 'build-up not computed: no cost sheet',
    'not-allowed': 'the agreement has no build-up formula',
    'not-read': 'whether the agreement has a build-up formula was not read: not used',
    inconsistent: 'build-up not used: materials and costs exceed the FOB value',
  },
  formulasDiffer: 'the two formulas differ: costs are incomplete or value was deducted',
  reaction: (passed, stated) => {
    if (passed) return 'a chemical reaction in the producing Party is declared'
    return stated ? 'no "chemical-reaction" among the operations' : 'the operations are not stated'
  },
  weightShare: (share, threshold) =>
    share === null
      ? `weights of materials are missing; at least ${threshold} % must be originating`
      : `${share} % of the materials by weight originate; at least ${threshold} % must`,
  onlyMinimal: (operations) =>
    `only ${operations.join(', ')}: such work on non-originating materials confers no origin, whatever the other tests say`,
  moreThanMinimal: 'the work goes beyond the minimal operations',
  operationsUnstated: 'not tested: the operations are not stated',
  operationsIdle: 'not relevant: nothing non-originating was worked on',
  listNotRead: (agreement) => `the list of minimal operations of ${agreement} was not read`,
  cumulationNeeded: "without other Parties' materials the route used would not hold: ACU",
  cumulationNotNeeded: "the route used holds without other Parties' materials too: no ACU",
  cumulationExclusive:
    "other Parties' materials count; a good made only from originating materials shows PE alone",
  noPartnerMaterials: 'no material of another Party is counted',
  appendixTest: ({ buildDown, buildUp, passed }) =>
    `domestic value ${buildDown} %${buildUp === null ? '' : ` (build-up ${buildUp} %)`}: ${passed ? 'meets' : 'below'} 20 %`,
  appendixState: {
    active: 'the good is listed and the period runs',
    inactive: 'the good is not listed, or its period does not run: the general rule applies',
    unknown: 'whether the good is listed was not said: taken as not listed',
  },
  differential: (state) => {
    if (state === null) return 'not all rates are known: whether they differ by Party is open'
    return state ? 'the rates differ by Party' : 'the rate is the same for every Party'
  },
  countryOfOrigin: (party, basis) => `${party} under Art. ${basis}`,
  countryOpen: 'cannot be ascertained: Art. 2.6.4 names no Party whose rate could apply (Art. 2.6.6 remains)',
  countryNeedsOperations:
    'for a good made only from originating materials the RCEP country of origin depends on the work done, and the operations are not stated',
  claim: (rate, among, complete) => {
    const of = `${among.join(', ')}${complete ? '' : '; other rates were not given'}`
    return rate === null
      ? `cannot be told${among.length > 0 ? ` (${of})` : ': rates were not given'}`
      : `${rate} (${of})`
  },
  openPoint: {
    'exporting-party-under-2.6.4':
      'Art. 2.6.4 read literally gives the exporting Party itself; no text settles whether it may: have it checked',
    tie: 'no text says what follows from a tie under Art. 2.6.4: taken as "cannot be ascertained"',
    'importing-party-under-2.6.4':
      'Art. 2.6.4 read literally gives the importing Party itself, which has no rate for its own goods; no text says what follows: taken as "cannot be ascertained"',
    'no-contributor':
      'no Party supplied originating materials, and no text says what then follows under Art. 2.6.4: taken as "cannot be ascertained"',
    'domestic-value-formula':
      "the Appendix's own wording of the 20 % (footnote 1) was not read; computed on the pattern of Art. 3.5",
    contributors:
      'Art. 2.6.4 does not say how materials are valued (Art. 3.5 is used), and whether the contributors of 2.6.6(a) include the exporting Party is not settled (they do here if it supplied originating materials)',
  },
  importerPractice: {
    CN: 'China lets the importer choose a highest rate at once (Decree 255, Art. 27)',
    VN: 'Viet Nam words the highest rates as a fallback for when the country of origin cannot be used (Decree 129/2022, Art. 6.2)',
    PH: 'the Philippines gives both highest rates, (a) with proof (EO 25)',
  },
  missing: {
    operations: (subject) =>
      `${subject === null ? 'operations' : `operations of intermediate ${subject}`}: what was done is not stated; the verdict holds only if it is more than the minimal operations of Art. 3.6`,
    proofOfAny: (ids) =>
      `origin of ${ids.join(', ')}: an RCEP proof of origin from a Party for ${ids.length > 1 ? 'any one of them' : 'it'} would turn the verdict to pass`,
    proofOfAll: (ids, exact) =>
      `origin of ${ids.join(', ')}: proofs of origin for all of them would turn the verdict to pass${exact ? '' : ' (found by adding the largest first)'}`,
    unknownOrigins: (ids) => `origin of ${ids.join(', ')}: not known, and the verdict may turn on it`,
    weights: (ids) =>
      `weightKg: ${ids.join(', ')}: chapters 50 to 63 may use the weight tolerance of Art. 3.7, and weights are missing`,
    materialWeights:
      'weightKg of the materials: the rule asks for the share of originating materials by weight',
    reaction: 'operations: whether the good is the product of a "chemical-reaction" is not stated',
    pair: (agreement, party, importer) =>
      `whether ${agreement} binds ${party} and ${importer} to each other: ask customs of ${importer}`,
    materials:
      'materials: the bill of materials, or the ground of Art. 3.3 on which the good is wholly obtained',
    unproven: (ids) =>
      `proof that ${ids.join(', ')} originate${ids.length > 1 ? '' : 's'}: none is named, and without it the good does not originate`,
    noCode: (id, hs, edition) =>
      `${id}: ${hs} is no subheading of HS${edition === null ? '' : ` ${edition}`}; the verdict depends on its code`,
    tolerance: (agreement) => `the tolerance of ${agreement}: 10 % is recalled, not read in its text`,
    agreementTerms: (agreement) =>
      `terms of ${agreement} that were not read in its text: minimal operations, deductions, ancillary materials, build-up`,
    valueBasis: (id, basis) =>
      `value of ${id}: stated ${basis}; an imported material counts at CIF, so the value content shown may be too high (Art. 3.5.3)`,
    overFob: (total, fob) =>
      `prices: the materials cost ${total}, more than the FOB value of ${fob}; both must be of one unit of the good and in one currency`,
    deduction: (id, amount) =>
      `evidence for ${amount} to be deducted from ${id}: not deducted without it (Art. 3.5.5)`,
    inventory: (id) =>
      `inventory method for fungible material ${id}: needed unless stocks are kept apart (Art. 3.11)`,
    code: (hs, from, to, candidates) =>
      `${hs} (HS ${from}) may be ${candidates.join(' or ')} in HS ${to}, the edition of the rules: the answer depends on which`,
    laterText: (agreement, since) =>
      `a later text of ${agreement} was signed on ${since}; whether it is in force was not found`,
    appendix: (importer) =>
      `appendix: whether the good is in the Appendix of ${importer} (Art. 2.6.3); rates differ by Party, so it may change the rate`,
    rate: (party) => `rates.${party}: the rate for the RCEP country of origin is not given`,
    incomparable:
      'rates that cannot be compared: one is no commitment (U), or not all are percentages and quantities or the currency of a rate are missing',
  },
  evidence: {
    partnerProof: (id, party) => `RCEP proof of origin from ${party} for material ${id}`,
    ownDeclaration: (id) => `supplier's or own record that material ${id} originates in the producing Party`,
    deductions: (id) => `papers for the amounts deducted from material ${id}`,
    inventory: (id, method) => `stock records for fungible material ${id} by one method all year: ${method}`,
    costs: 'cost sheet and price records for the regional value content',
    classification: 'HS classification of the good and of each non-originating material',
    whollyObtained:
      'records that show the ground of Art. 3.3: of growing, raising, catching, mining or collecting in the Party',
    records: 'keep all of this for three years (Art. 3.27)',
  },
  change: {
    switchValue: (rule, amount, ids, exact) =>
      `${rule}: replace non-originating materials worth ${amount} by originating ones${ids === null ? '' : `; ${ids.join(' and ')} would do${exact ? ', and no fewer' : ' (found by adding the largest first)'}`}`,
    raiseFob: (rule, amount, fob) => `${rule}: or raise the FOB value by ${amount} to ${fob}, all else equal`,
    switchMaterials: (rule, ids, exact) =>
      `${rule}: replace ${ids.join(' and ')} by originating materials${exact ? '' : ' (found by adding the largest first)'}`,
    reclass: (rule, ids) =>
      `${rule}: or buy ${ids.join(' and ')} at an earlier stage, under a code that makes the change`,
    process: (rule) => `${rule}: do more in the producing Party than the minimal operations of Art. 3.6`,
    orientation: 'for orientation, under a usual rule',
  },
  verdict: (verdict, { good, party, agreement }) => {
    if (verdict === 'pass') return `${good} made in ${party} originates under ${agreement}`
    if (verdict === 'fail') return `${good} made in ${party} does not originate under ${agreement}`
    return `whether ${good} made in ${party} originates under ${agreement} cannot be decided yet`
  },
  heading: {
    sensitivity: 'What prices and exchange rates may do',
    routes: 'Routes',
    agreements: 'Agreements',
    steps: 'Steps',
    missing: 'Missing',
    changes: 'What would change it',
    evidence: 'To be held',
  },
  routeState: { met: 'met', 'not-met': 'not met', void: 'met, but void under Art. 3.6' },
}
