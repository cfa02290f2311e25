import { Button } from 'antd'
import { Link, Navigate, Outlet, useLocation } from 'react-router'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'

/** Pages of the bureau. An enterprise that opens one is told so and shown where its own page is. */
export function OfficersOnly() {
  const { text } = useText()
  const { data: principal } = useSession()
  const { pathname } = useLocation()
  if (principal?.role !== 'enterprise') return <Outlet />
  if (pathname === '/') return <Navigate to="/my-trade" replace />
  return (
    <div className="notice-page">
      <h1>{text.noPermission.title}</h1>
      <p>{text.noPermission.reason}</p>
      <Link to="/rcep">
        <Button type="primary">{text.noPermission.next}</Button>
      </Link>
    </div>
  )
}
