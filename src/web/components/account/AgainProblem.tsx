import { Alert } from 'antd'
import { RequestError } from '../../http.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** Why a password or code that was asked for once more did not do, in a sentence; anything else as everywhere. */
export function AgainProblem({ error }: { error: Error | null }) {
  const { account } = useText().text
  if (!error) return null
  const { status, problem } = error instanceof RequestError ? error : { status: 0, problem: {} }
  const refused =
    status === 403 && problem.field === 'password'
      ? account.own.passwordWrong
      : (status === 400 || status === 401) && problem.field === 'code'
        ? account.codeWrong
        : null
  return (
    <div className="gap-below">
      {refused === null ? (
        <ProblemNotice error={error} />
      ) : (
        <Alert type="error" showIcon role="alert" title={refused} />
      )}
    </div>
  )
}
