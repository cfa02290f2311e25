import table from '../../../data/origin/other-agreements.json' with { type: 'json' }

interface OtherAgreement {
  code: string
  parties: readonly string[]
  /** First day, YYYY-MM-DD. */
  from: string
  /** The only one that grants, of a preference without return. */
  importer?: string
}

const agreements: readonly OtherAgreement[] = table

/**
 * Codes of China's agreements and preferences beside RCEP that bind two countries on a day, of those of which nothing but
 * Parties and date is shipped: none of their rates is known until they are loaded under that code.
 */
export function otherAgreements(importer: string, exporter: string, on: string): string[] {
  return agreements
    .filter(({ parties, from, importer: granting }) => {
      const binds =
        parties.includes(importer) && parties.includes(exporter) && [importer, exporter].includes('CN')
      return binds && on >= from && (granting === undefined || granting === importer)
    })
    .map(({ code }) => code)
}
