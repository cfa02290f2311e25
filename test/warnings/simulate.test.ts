import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { simulateCity } from '../../src/warnings/simulation/simulate-city.ts'
import { type SimulationRow, simulationTable } from '../../src/warnings/simulation/simulate-table.ts'

// a thousand series of seven years: computed once
let table: SimulationRow[]
beforeAll(() => {
  table = simulationTable(1000, 7)
}, 120_000)

const golden = new URL('../golden/warnings/simulation.json', import.meta.url)

test('the measures find and miss in a simulated city what they did before', async () => {
  const found = Object.fromEntries(
    table.map(({ name, merged, score }) => [
      `${name}${merged ? '' : ', January and February apart'}`,
      [
        score.falseAlarmsPerThousand.value,
        score.holidayShare,
        score.detected.value,
        score.detectedQuiet.value,
        score.falseDiscoveries,
      ].map((figure) => Number(figure.toFixed(3))),
    ]),
  )
  const expected: Record<string, number[]> = JSON.parse(readFileSync(golden, 'utf8'))
  expect(found).toEqual(expected)
})

test('the same experiment elsewhere came to figures within three standard errors of the difference', () => {
  const compared = table.flatMap(({ name, score, source }) =>
    source === null
      ? []
      : (['falseAlarmsPerThousand', 'detected', 'detectedQuiet'] as const).map((figure) => ({
          figure: `${name}: ${figure}`,
          // theirs is of four times as many series
          errors: Math.abs(score[figure].value - source[figure]) / (Math.sqrt(1.25) * score[figure].error),
        })),
  )
  expect(compared).toHaveLength(27)
  expect(compared.filter(({ errors }) => errors > 3)).toEqual([])
  expect(compared.filter(({ errors }) => errors > 2).length).toBeLessThanOrEqual(3)
})

test('merging January and February takes nearly all false alarms out of the holidays', () => {
  const zs = table.filter(({ name }) => name === 'robust z > 3')
  expect(zs.map(({ merged }) => merged)).toEqual([false, true])
  expect(zs[1]?.score.holidayShare).toBeLessThan((zs[0]?.score.holidayShare ?? 0) / 2)
})

test('the procedure for false discoveries does not keep its promise of one in ten', () => {
  const row = table.find(({ name }) => name.startsWith('Benjamini'))
  expect(row?.score.falseDiscoveries).toBeGreaterThan(0.3)
})

test('the forecast bands hold the four of five values they state', () => {
  const bands = table.filter(({ name }) => name.startsWith('outside the'))
  expect(bands).toHaveLength(2)
  // the quantile of past errors is rounded up, so they hold rather more
  for (const { name, score } of bands) {
    expect(score.falseAlarmsPerThousand.value, name).toBeGreaterThan(170)
    expect(score.falseAlarmsPerThousand.value, name).toBeLessThan(205)
  }
})

test('the same seed gives the same city', () => {
  expect(simulateCity(3, 1)).toEqual(simulateCity(3, 1))
})
