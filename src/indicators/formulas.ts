/** How each figure of an answer is computed, by field. x is a value, s a share, n the lines with a positive value. */
export const structureFormulas = {
  share: 's = x / Σx, six decimals by largest remainder, so that the shares add up to 1',
  yoy: 'x / x of the same months a year before − 1',
  pull: '(x − x a year before) / Σx a year before × 100, in percentage points',
  contributionRate:
    'Δx / ΔΣx; null when the total moved by less than 0.5 points or the line moved against it',
  hhi: 'Σs² over n',
  normalisedHhi: '(Σs² − 1/n) / (1 − 1/n), n = lines with a positive value',
  unctad: '(√Σs² − √(1/n)) / (1 − √(1/n)), over the same lines',
  effectiveNumber: '1 / Σs²',
  theil: '(1/n) Σ (x/μ) ln(x/μ)',
  gini: 'Σ(2r − n − 1)x / (n Σx), r = ascending rank, lines without trade left out',
  entropy: '−Σ s ln s',
  top: 'sum of the largest shares, of the classified total',
  excludedShare:
    'share of unclassified, confidential and missing codes: in the total, not in the concentration measures',
}

export const growthFormulas = {
  yoy: 'x / x of the same period a year before − 1; January and February as one period unless split',
  mom: 'x / x of the month before − 1, not seasonally adjusted',
  ytd: 'sum from January',
  ytdYoy: 'ytd / ytd of a year before − 1',
  rolling3Yoy:
    'last 3 months / the same months a year before − 1; a window that would begin in February begins in January unless split',
  rolling12Yoy: 'last 12 months / the same months a year before − 1',
  cagr2:
    '(x / x of two years before)^(1/2) − 1; read it beside yoy where oddBase says that last year moved by more than 20 %',
}

/** Growth rates of revised data: both sides as they stand, not as first published. */
export const comparisonBasis = 'latest-of-both: newest vintage of either period as of the asked instant'

export const decompositionFormulas = {
  'price-quantity': {
    price:
      'Fisher: √(Σp₁q₀/Σp₀q₀ × Σp₁q₁/Σp₀q₁) over strata product × partner × mode × unit with a quantity in both periods',
    quantity: 'value index / price index, so that price × quantity = value',
    change:
      'price Σ½(q₀+q₁)(p₁−p₀), quantity the rest of the strata’s change, uncovered that of the other strata',
  },
  margins: {
    continuing: 'Δx of cells product × partner × enterprise that trade in both periods',
    entering: 'Σx₁ of cells without trade before, in at least minMonths months',
    exiting: '−Σx₀ of cells without trade now, in at least minMonths months',
    occasional: 'cells that trade in one of the periods, in fewer months',
  },
  cms: {
    world: 'g Σx₀, g = growth of the imports of the covered markets',
    product: 'Σ(gₖ − g)xₖ₀ over products',
    market: 'Σ(gₖⱼ − gₖ)xₖⱼ₀ over products and markets',
    competitiveness: 'the rest of the change; base-year weights, product before market',
    uncovered: 'change of exports to markets without world data',
  },
  contribution: {
    change: 'x₁ − x₀; children add up to their parent',
    pull: 'Δx / Σx₀ × 100, in percentage points of the total’s growth',
    firms: 'first time: no value in any loaded period before; silent: value in base and none in current',
  },
}

export const competitivenessFormulas = {
  rca: '(xₖ/X) / (wₖ/W), w = exports of the world (Balassa)',
  rsca: '(RCA − 1) / (RCA + 1)',
  nrca: 'xₖ/W − wₖX/W²',
  lafay: '100 × ((x−m)/(x+m) − (X−M)/(X+M)) × (x+m)/(X+M)',
  tsc: '(x−m)/(x+m)',
  gl: '1 − |x−m|/(x+m); the total is 1 − Σ|x−m|/Σ(x+m), which rises with aggregation',
  michaely: 'xₖ/X − mₖ/M',
  tii: '(xⱼ/X) / (wⱼ/W), w = the world’s exports to partner j',
  tci: '100 × (1 − Σ|mₖⱼ − xₖ|/2) over shares of the partner’s imports and own exports',
  esi: '100 × Σ min of the shares of own exports and the other exporter’s (Finger–Kreinin)',
}

export const projectionFormulas = {
  rca: '(xₖ/X) / (wₖ/W), w = exports of all countries of the loaded table',
  eci: 'mean PCI of the products with RCA ≥ 1; PCI as loaded: the city is no country of the table and is not solved',
  weightedPci: 'Σ xₖ PCIₖ / Σ xₖ over products with a PCI',
  density:
    'Σ φₖₗ over the city’s products l with RCA ≥ 1 / Σ φₖₗ over all l, φ = proximity in the loaded table',
}

export const firmFormulas = {
  stage:
    'first-time and returned: value in current and none in base, without or with trade before both; exited: the reverse',
  pull: 'Δx / Σx₀ × 100, in percentage points of the total’s growth',
  share: 'x₁ / Σx₁',
  hhi: 'Σs² over the named enterprises of current',
}

export const publicFormulas = {
  share: 's = x / Σx',
  suppressed:
    'lines of fewer than three enterprises, and one more so that they do not follow from the total by subtraction',
}
