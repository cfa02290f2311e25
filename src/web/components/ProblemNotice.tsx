import { Alert, Button } from 'antd'
import { RequestError } from '../http.ts'
import { useText } from '../language.tsx'

/** What went wrong, in which field, what is allowed, and a way out. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { text } = useText()
  const { status, problem } =
    error instanceof RequestError ? error : { status: -1, problem: { detail: error.message } }
  const { field, value, allowed, detail, requestId } = problem
  const known = text.problem.byCode[problem.code ?? '']
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={known ?? text.problem.title}
      description={
        <>
          {field === undefined ? (
            known === undefined && <p>{detail ?? text.problem.status(status)}</p>
          ) : (
            <dl className="facts">
              <dt>{text.problem.field}</dt>
              <dd>{field}</dd>
              <dt>{text.problem.value}</dt>
              <dd>{value || text.problem.empty}</dd>
              <dt>{text.problem.allowed}</dt>
              <dd>{allowed}</dd>
            </dl>
          )}
          {status >= 500 && requestId && <p className="muted">{text.problem.request(requestId)}</p>}
        </>
      }
      {...(onRetry && { action: <Button onClick={onRetry}>{text.problem.retry}</Button> })}
    />
  )
}
