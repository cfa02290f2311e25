import { Button } from 'antd'
import { useText } from '../../language.tsx'

/** Opens what is named for changing. */
export function EditButton({ name, onClick }: { name: string; onClick: () => void }) {
  const { text } = useText()
  return (
    <Button size="small" onClick={onClick} aria-label={`${text.portal.edit}${text.colon}${name}`}>
      {text.portal.edit}
    </Button>
  )
}
