import { Alert, Button } from 'antd'
import { RequestError } from '../http.ts'
import { useText } from '../language.tsx'
import { problemText } from '../problem-text.ts'

/** What went wrong, in which field, what is allowed, and a way out. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { text } = useText()
  const { status, problem } =
    error instanceof RequestError ? error : { status: -1, problem: { detail: error.message } }
  const { title, field, detail } = problemText(problem, status, text)
  const { requestId } = problem
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          {detail && <p>{detail}</p>}
          {field && (
            <dl className="facts">
              <dt>{text.problem.field}</dt>
              <dd>{field.name}</dd>
              <dt>{text.problem.value}</dt>
              <dd>{field.value || text.problem.empty}</dd>
              <dt>{text.problem.allowed}</dt>
              <dd>{field.allowed}</dd>
            </dl>
          )}
          {status >= 500 && requestId && <p className="muted">{text.problem.request(requestId)}</p>}
        </>
      }
      {...(onRetry && { action: <Button onClick={onRetry}>{text.problem.retry}</Button> })}
    />
  )
}
