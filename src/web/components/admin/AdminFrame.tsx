import { Button } from 'antd'
import { Link, NavLink, Outlet } from 'react-router'
import { useText } from '../../language.tsx'
import { useSession } from '../../session.ts'
import '../../styles/admin.css'

const pages = ['people', 'reference', 'operation', 'audit'] as const

/** The parts of the administration; who is no administrator is told so. */
export function AdminFrame() {
  const { text } = useText()
  const { data: principal } = useSession()
  if (principal?.role !== 'admin') return <NotForYou />
  return (
    <>
      <nav aria-label={text.admin.sections} className="admin-ways no-print">
        {pages.map((page) => (
          <NavLink key={page} to={`/admin/${page}`}>
            {text.admin.pages[page]}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  )
}

function NotForYou() {
  const { text } = useText()
  const { title, reason, next } = text.admin.only
  return (
    <div className="notice-page">
      <title>{`${text.ways.admin} · ${text.product}`}</title>
      <h1>{title}</h1>
      <p>{reason}</p>
      <Link to="/overview">
        <Button type="primary">{next}</Button>
      </Link>
    </div>
  )
}
