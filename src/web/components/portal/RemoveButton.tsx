import { Button, Popconfirm } from 'antd'
import { useChange } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** Deletes after a second thought; says why when the service does not. */
export function RemoveButton(props: { path: string; name: string; label?: string; sure?: string }) {
  const { text } = useText()
  const change = useChange()
  const label = props.label ?? text.portal.remove
  return (
    <>
      <Popconfirm
        title={props.sure ?? text.portal.removeSure}
        okText={label}
        cancelText={text.portal.cancel}
        onConfirm={() => change.mutate({ method: 'DELETE', path: props.path })}
      >
        <Button
          size="small"
          danger
          loading={change.isPending}
          aria-label={`${label}${text.colon}${props.name}`}
        >
          {label}
        </Button>
      </Popconfirm>
      {change.error && <ProblemNotice error={change.error} />}
    </>
  )
}
