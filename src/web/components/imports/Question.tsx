import { Alert } from 'antd'
import type { ImportEntry } from '../../api.ts'
import { useText } from '../../language.tsx'
import { useSaid } from './use-said.ts'

/** What must be said before the file can be read. */
export function Question({ problem }: { problem: NonNullable<ImportEntry['problem']> }) {
  const { text } = useText()
  const said = useSaid()
  const names: Record<string, string | undefined> = { ...text.wizard.options, file: text.imports.file }
  const field = names[problem.field] ?? problem.field
  const given = problem.value === '(missing)' ? '' : `“${problem.value}” `
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={text.wizard.question}
      description={`${field}${text.colon}${given}${said(problem.allowed, problem.allowedCode)}`}
    />
  )
}
