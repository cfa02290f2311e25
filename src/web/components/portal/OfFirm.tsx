import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import { EmptyState } from '../EmptyState.tsx'
import { PageHead } from '../PageHead.tsx'

/** A page of one firm: of its own people, or for the bureau of the firm the address names (`?enterprise=`). */
export function OfFirm({ title, children }: { title: string; children: (firm: string) => ReactNode }) {
  const { text } = useText()
  const { data: principal } = useSession()
  const [params] = useSearchParams()
  const firm = principal?.enterpriseId ?? params.get('enterprise')
  if (firm) return children(firm)
  return (
    <>
      <PageHead title={title} />
      <EmptyState title={text.portal.firmOnly.title} next={text.portal.firmOnly.next} />
    </>
  )
}
