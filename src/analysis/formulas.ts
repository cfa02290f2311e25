const observation =
  'an observation is one line in one period; a line without trade in a loaded period is 0 there, a period that was not loaded has none'

/** How each analysis is computed, by field. */
export const analysisFormulas = {
  pivot: {
    values: 'the aggregate over the observations of row and column; std = √(Σ(x − x̄)²/(n − 1))',
    observation,
  },
  describe: {
    std: '√(Σ(x − x̄)²/(n − 1))',
    median: 'mean of the two middle values where n is even',
    observation,
  },
  correlate: {
    correlation: 'Pearson: Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²) over the periods both have',
    observation,
  },
  rolling: {
    rolling: 'the aggregate over the last `window` periods; null until there are as many without a gap',
    observation,
  },
}
