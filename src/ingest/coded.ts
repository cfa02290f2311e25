import { understood } from './messages.ts'
import type { Reject } from './record.ts'
import type { ImportEntry, ImportReport, Quality } from './schema.ts'

/** An import with the code of everything that is said in it. */
export function codedEntry(entry: ImportEntry): ImportEntry {
  const { error, problem, report } = entry
  return {
    ...entry,
    ...(error !== null && { errorCode: understood(error) }),
    problem: problem && { ...problem, allowedCode: understood(problem.allowed) },
    report: report && codedReport(report),
  }
}

function codedReport(report: ImportReport): ImportReport {
  const { warnings, evidence, quality, rejects } = report
  return {
    ...report,
    rejects: codedRejects(rejects),
    quality: quality && codedQuality(quality),
    said: { warnings: warnings.map(understood), evidence: evidence.map(understood) },
  }
}

function codedQuality(quality: Quality): Quality {
  const unknown = quality.unknown?.map((one) => ({ ...one, reasonCode: understood(one.reason) }))
  return { ...quality, ...(unknown && { unknown }) }
}

/** Rejects with the code of their reason and hint; of many, most say the same. */
export function codedRejects(rejects: readonly Reject[]): ImportReport['rejects'] {
  const known = new Map<string, ReturnType<typeof understood>>()
  const codeOf = (sentence: string) => {
    const code = known.get(sentence) ?? understood(sentence)
    known.set(sentence, code)
    return code
  }
  return rejects.map((one) => ({ ...one, reasonCode: codeOf(one.reason), hintCode: codeOf(one.hint) }))
}
