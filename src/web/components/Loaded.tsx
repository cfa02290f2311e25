import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../language.tsx'
import { ProblemNotice } from './ProblemNotice.tsx'

/** Shows a query's data, and until then its outline; a failure is stated with a way to try again. */
export function Loaded<Data>(props: {
  query: { data: Data | undefined; error: Error | null; refetch: () => Promise<unknown> }
  rows?: number
  children: (data: Data) => ReactNode
}) {
  const { text } = useText()
  const { query } = props
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton active title={false} paragraph={{ rows: props.rows ?? 4 }} />
    </div>
  )
}
