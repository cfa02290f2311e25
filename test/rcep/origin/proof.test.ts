import { expect, test } from 'vitest'
import {
  leftOfOriginal,
  mayIssueRetroactively,
  mayWaiveProof,
  proofState,
} from '../../../src/rcep/origin/proof.ts'

test('a proof of 2024-03-01 is valid for one year, and whether the anniversary counts is for customs to say', () => {
  expect(
    ['2024-02-29', '2024-03-01', '2025-02-28', '2025-03-01', '2025-03-02'].map((day) =>
      proofState('2024-03-01', day),
    ),
  ).toEqual(['not-yet-issued', 'valid', 'valid', 'anniversary', 'expired'])
})

test('a proof of a leap day has its anniversary on 28 February', () => {
  expect(proofState('2024-02-29', '2025-02-28')).toBe('anniversary')
})

test('a certificate may be issued up to a year after shipment', () => {
  expect(mayIssueRetroactively('2024-03-01', '2025-03-01')).toBe(true)
  expect(mayIssueRetroactively('2024-03-01', '2025-03-02')).toBe(false)
})

test('proof may be waived at US$200.00, not at 200.01, unless the national limit is higher', () => {
  expect(mayWaiveProof('200.00')).toBe(true)
  expect(mayWaiveProof('200.01')).toBe(false)
  expect(mayWaiveProof('200.01', '1000')).toBe(true)
  expect(mayWaiveProof('150', '100')).toBe(true)
})

test('8,000 t of ore split into 4,000 t and 4,000 t is covered, 4,000 t and 4,500 t is not', () => {
  expect(leftOfOriginal('8000', ['4000', '4000'])).toBe('0')
  expect(leftOfOriginal('8000', ['4000', '4500'])).toBeNull()
})
