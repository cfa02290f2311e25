import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { type SimulationRow, simulateCity, simulationTable } from '../../src/warnings/simulate.ts'

// seven thousand series-years: computed once
let table: SimulationRow[]
beforeAll(() => {
  table = simulationTable(1000, 7)
}, 120_000)

const golden = new URL('../golden/warnings/simulation.json', import.meta.url)

test('the measures find and miss in a simulated city what they did before', () => {
  const expected: Record<string, number[]> = JSON.parse(readFileSync(golden, 'utf8'))
  const found = Object.fromEntries(
    table.map(({ name, score }) => [
      name,
      [score.falseAlarmsPerThousand, score.holidayShare, score.detected, score.detectedQuiet],
    ]),
  )
  expect(Object.keys(found)).toEqual(Object.keys(expected))
  for (const [name, figures] of Object.entries(expected)) {
    figures.forEach((figure, index) => {
      expect(found[name]?.[index], name).toBeCloseTo(figure, 3)
    })
  }
})

test('the same experiment elsewhere came to the same order of magnitude: false alarms within a third, but for the sum rule', () => {
  for (const { name, score, source } of table) {
    if (!source || name.startsWith('cusum')) continue
    const ratio = score.falseAlarmsPerThousand / source.falseAlarmsPerThousand
    expect(ratio, name).toBeGreaterThan(0.6)
    expect(ratio, name).toBeLessThan(1.5)
  }
})

test('the same seed gives the same city', () => {
  expect(simulateCity(3, 1)).toEqual(simulateCity(3, 1))
})
