import { type CodeCell, clean } from '../codes.ts'
import { say } from '../messages.ts'
import type { Flow } from '../record.ts'

const flowWords: Readonly<Record<string, Flow>> = {
  出口: 'export',
  进口: 'import',
  E: 'export',
  I: 'import',
  // the public query form counts exports as 0 and imports as 1
  '0': 'export',
  '1': 'import',
  EXPORT: 'export',
  IMPORT: 'import',
  EXPORTS: 'export',
  IMPORTS: 'import',
}

/** Reads 进出口 columns. */
export function decodeFlowWord(text: string): CodeCell<Flow> {
  const flow = flowWords[clean(text).toUpperCase()]
  return flow ? { value: flow } : { reason: say('flow-not'), hint: say('mend-flow') }
}

/** The edition of the Harmonized System that China's statistics of a date use. */
export function editionOf(start: string): string {
  const year = Number(start.slice(0, 4))
  return String([2022, 2017, 2012, 2007, 2002, 1996].find((edition) => year >= edition) ?? 1992)
}
