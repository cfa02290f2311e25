import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { useCountries } from '../../api.ts'
import { useText } from '../../language.tsx'
import { emptyDraft } from '../origin/draft.ts'
import { keepDraft } from '../origin/use-draft.ts'

/** Starts a bill for a product in the origin editor. */
export function OriginButton({ hs, name }: { hs: string; name: string }) {
  const { text } = useText()
  const navigate = useNavigate()
  const today = useCountries().data?.meta.asOf
  return (
    <Button
      size="small"
      disabled={today === undefined}
      aria-label={`${text.portal.products.origin}${text.colon}${name}`}
      onClick={() => {
        const draft = emptyDraft(today ?? '')
        keepDraft({ ...draft, good: { ...draft.good, hs: hs.slice(0, 8) } })
        void navigate('/origin')
      }}
    >
      {text.portal.products.origin}
    </Button>
  )
}
