import type { ReactNode } from 'react'
import { RequestError } from '../../http.ts'
import { EmptyState } from '../EmptyState.tsx'

/** What a question lacks: nothing was loaded for it (an empty text), or what the service said; null when it was or may be answered. */
export function needsOf(error: Error | null, loaded: boolean | undefined): string | null {
  if (loaded === false) return ''
  return error instanceof RequestError && error.status === 400 ? (error.problem.detail ?? '') : null
}

/** Nothing to show until certain data are loaded: which, and what the service said. */
export function NeedsData(props: { title: string; next: ReactNode; reason: string; detail: string }) {
  const { title, next, reason, detail } = props
  return (
    <EmptyState
      title={title}
      next={
        <>
          {next}
          {detail !== '' && (
            <>
              <br />
              {reason}: {detail}
            </>
          )}
        </>
      }
    />
  )
}
