import { writeFileSync } from 'node:fs'

/** Programs to be asked aside: one that answers, and every way not to. */

export function twice(text: string): { text: string; environment: string[] } {
  return { text: text + text, environment: Object.keys(process.env) }
}

export function fails(): never {
  throw new Error('no such sheet')
}

export function findsNoRoom(): never {
  writeFileSync('/dev/full', 'a')
  throw new Error('there was room')
}

export function neverEnds(): never {
  for (;;);
}

export function ends(): never {
  process.exit(3)
}

export function isEnded(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;);
}

/** Tells the process that asked its number, and goes on without end. */
export function tellsAndNeverEnds(file: string): never {
  writeFileSync(file, String(process.pid))
  for (;;);
}

/** A list that grows until its next home does not fit, as a reader makes it of columns without end. */
export function fillsOneList(): number {
  const list: object[] = []
  for (let at = 0; ; at += 1) list.push({ at, width: [at] })
}

export function fillsManyTexts(): number {
  const texts: string[] = []
  for (;;) texts.push(`${texts.length}`.repeat(100_000).replaceAll('1', '2'))
}
