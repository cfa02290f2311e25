import { Link } from 'react-router'
import { useText } from '../language.tsx'

export function NotFound() {
  const { text } = useText()
  return (
    <div className="notice-page">
      <h1>{text.notFound.title}</h1>
      <p>
        <Link to="/">{text.notFound.next}</Link>
      </p>
    </div>
  )
}
