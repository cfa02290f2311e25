/** Origin shares and prices of three products of the sample's furniture maker, exported to Australia. */
const importer = 'AU'
const on = '2026-11-20'
const rule = 'CTH or RVC40'

/** Australia's RCEP rates of 2026 are one for all Parties. */
function sameRate(rate: string): Record<string, string> {
  return Object.fromEntries(
    'BN CN ID JP KH KR LA MM MY NZ PH SG TH VN'.split(' ').map((party) => [party, rate]),
  )
}

const shared = { importer, on, agreement: 'RCEP', rule, appendix: { listed: false } }
const steps = ['sawing', 'gluing', 'finishing', 'assembly']

/** The cases of data/samples/rcep, in the shape `tradewind origin` reads. */
export const originCases = [
  {
    name: 'table-passes-by-cumulation',
    origin: {
      ...shared,
      good: { hs: '940360', edition: '2022', producedIn: 'CN', fob: '120', currency: 'USD', weightKg: '18' },
      rates: sameRate('0'),
      costs: { labour: '11', overhead: '6', profit: '9', other: '1.5' },
      operations: steps,
      materials: [
        {
          id: 'table-top',
          hs: '940391',
          value: '38',
          weightKg: '9',
          origin: {
            status: 'originating',
            party: 'VN',
            evidence: 'RCEP certificate of origin of the supplier (sample)',
          },
        },
        {
          id: 'legs',
          hs: '940391',
          value: '30',
          weightKg: '5',
          origin: { status: 'non-originating', country: 'IT' },
        },
        { id: 'fittings', hs: '830242', value: '12', origin: { status: 'non-originating', country: 'DE' } },
        { id: 'varnish', hs: '320820', value: '8', origin: { status: 'non-originating', country: 'US' } },
        {
          id: 'carton',
          hs: '481910',
          value: '4.5',
          role: 'transport-packing',
          origin: { status: 'unknown' },
        },
      ],
    },
  },
  {
    name: 'chair-fails-narrowly',
    origin: {
      ...shared,
      good: { hs: '940161', edition: '2022', producedIn: 'CN', fob: '80', currency: 'USD', weightKg: '9' },
      rates: sameRate('2%'),
      costs: { labour: '9', overhead: '4', profit: '6', other: '0.9' },
      operations: steps,
      materials: [
        {
          id: 'frame',
          hs: '940191',
          value: '27.4',
          weightKg: '5',
          origin: { status: 'non-originating', country: 'PL' },
        },
        { id: 'cover', hs: '590320', value: '13.2', origin: { status: 'non-originating', country: 'IT' } },
        { id: 'foam', hs: '392113', value: '8', origin: { status: 'non-originating', country: 'US' } },
        {
          id: 'plywood',
          hs: '441233',
          value: '11.5',
          origin: { status: 'originating', party: 'CN', evidence: 'own purchase contract (sample)' },
        },
      ],
    },
  },
  {
    name: 'bamboo-shelf-needs-proof',
    origin: {
      ...shared,
      good: { hs: '940382', edition: '2022', producedIn: 'CN', fob: '45', currency: 'USD', weightKg: '7' },
      rates: sameRate('0'),
      costs: { labour: '5', overhead: '2', profit: '4', other: '0.5' },
      operations: steps,
      materials: [
        { id: 'panels', hs: '940391', value: '19', weightKg: '4', origin: { status: 'unknown' } },
        {
          id: 'rods',
          hs: '940399',
          value: '9.5',
          weightKg: '1.2',
          origin: { status: 'non-originating', country: 'IN' },
        },
        {
          id: 'bamboo',
          hs: '140110',
          value: '6',
          origin: { status: 'originating', party: 'CN', evidence: 'grower’s declaration (sample)' },
        },
      ],
    },
  },
] as const
