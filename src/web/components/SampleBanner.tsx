import { useInbox } from '../api.ts'
import { useText } from '../language.tsx'

/** In the demo, which alone has a caught inbox, every figure is invented and said to be. */
export function SampleBanner() {
  const { text } = useText()
  const { data: inbox } = useInbox()
  return inbox ? <p className="banner">{text.sample}</p> : null
}
