import { useText } from '../language.tsx'
import { useAbout } from '../session.ts'

/** In the demo every figure is invented and said to be, to whoever is signed in. */
export function SampleBanner() {
  const { text } = useText()
  const { data } = useAbout()
  return data?.data.sample ? <p className="banner">{text.sample}</p> : null
}
