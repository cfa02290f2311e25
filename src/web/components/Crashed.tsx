import { Button } from 'antd'
import { useText } from '../language.tsx'

/** A fault of the page itself, usually a newer release behind an open tab: loading again mends it. */
export function Crashed() {
  const { text } = useText()
  return (
    <main className="notice-page">
      <h1>{text.crashed.title}</h1>
      <p>{text.crashed.reason}</p>
      <Button type="primary" onClick={() => window.location.reload()}>
        {text.crashed.next}
      </Button>
    </main>
  )
}
