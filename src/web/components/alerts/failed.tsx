import type { App } from 'antd'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** Shows why a change was refused, with the field and what is allowed. */
export function failed({ modal }: ReturnType<typeof App.useApp>): (error: Error) => void {
  return (error) => {
    modal.error({ icon: null, content: <ProblemNotice error={error} /> })
  }
}
