import {
  AlertOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  ForkOutlined,
  ImportOutlined,
  InboxOutlined,
  LineChartOutlined,
  MailOutlined,
  MenuOutlined,
  NotificationOutlined,
  PartitionOutlined,
  QuestionCircleOutlined,
  RadarChartOutlined,
  SettingOutlined,
  TableOutlined,
} from '@ant-design/icons'
import { Button, Drawer, Grid } from 'antd'
import { useState } from 'react'
import { Link, Navigate, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router'
import type { Principal } from '../../http/schema.ts'
import { useText } from '../language.tsx'
import { useSession, useSignOut } from '../session.ts'
import { DataVintage } from './DataVintage.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Loaded } from './Loaded.tsx'
import { SampleBanner } from './SampleBanner.tsx'

const sections = [
  { path: '/my-trade', name: 'myTrade', icon: <LineChartOutlined aria-hidden />, enterprise: 'only' },
  { path: '/my-products', name: 'myProducts', icon: <InboxOutlined aria-hidden />, enterprise: 'only' },
  { path: '/my-warnings', name: 'myWarnings', icon: <AlertOutlined aria-hidden />, enterprise: 'only' },
  { path: '/overview', name: 'overview', icon: <LineChartOutlined aria-hidden /> },
  { path: '/explorer', name: 'explorer', icon: <BarChartOutlined aria-hidden /> },
  { path: '/change', name: 'change', icon: <ForkOutlined aria-hidden /> },
  { path: '/competitiveness', name: 'competitiveness', icon: <RadarChartOutlined aria-hidden /> },
  { path: '/warnings', name: 'warnings', icon: <AlertOutlined aria-hidden /> },
  { path: '/brief', name: 'brief', icon: <FileTextOutlined aria-hidden /> },
  { path: '/rcep', name: 'rcep', icon: <FileSearchOutlined aria-hidden />, enterprise: true },
  { path: '/origin', name: 'origin', icon: <PartitionOutlined aria-hidden />, enterprise: true },
  { path: '/matrix', name: 'matrix', icon: <TableOutlined aria-hidden />, enterprise: true },
  { path: '/ledger', name: 'ledger', icon: <AuditOutlined aria-hidden /> },
  { path: '/questions', name: 'questions', icon: <QuestionCircleOutlined aria-hidden />, enterprise: true },
  { path: '/events', name: 'events', icon: <NotificationOutlined aria-hidden />, enterprise: true },
  { path: '/enterprises', name: 'enterprises', icon: <BankOutlined aria-hidden /> },
  { path: '/imports', name: 'imports', icon: <ImportOutlined aria-hidden /> },
  { path: '/mails', name: 'mails', icon: <MailOutlined aria-hidden /> },
  { path: '/admin', name: 'admin', icon: <SettingOutlined aria-hidden />, admin: true },
] as const

/** What surrounds every page of a signed-in person: the ways on the left, the state of the data above. */
export function Frame() {
  const session = useSession()
  const { pathname, search } = useLocation()
  return (
    <Loaded query={session} rows={8}>
      {(principal) =>
        principal ? (
          <SignedIn principal={principal} />
        ) : (
          <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
        )
      }
    </Loaded>
  )
}

function SignedIn({ principal }: { principal: Principal }) {
  const { text } = useText()
  const wide = Grid.useBreakpoint().lg ?? false
  const [open, setOpen] = useState(false)
  const ways = <Ways principal={principal} onChoose={() => setOpen(false)} />
  const isOfficer = principal.role !== 'enterprise'
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {text.skip}
      </a>
      {wide ? (
        <div className="side">
          <div className="side-fixed">{ways}</div>
        </div>
      ) : (
        <Drawer placement="left" size={260} open={open} onClose={() => setOpen(false)} title={text.menu}>
          {ways}
        </Drawer>
      )}
      <div className="main">
        <header className="head">
          {!wide && (
            <Button icon={<MenuOutlined aria-hidden />} onClick={() => setOpen(true)} aria-expanded={open}>
              {text.menu}
            </Button>
          )}
          <div className="head-vintage">{isOfficer && <DataVintage />}</div>
          <LanguageSwitch />
          <Account principal={principal} />
        </header>
        <main id="content" className="content" tabIndex={-1}>
          <SampleBanner />
          <Outlet />
        </main>
      </div>
      <ScrollRestoration />
    </div>
  )
}

function Ways({ principal, onChoose }: { principal: Principal; onChoose: () => void }) {
  const { text } = useText()
  const firm = principal.role === 'enterprise'
  const open = sections.filter((section) => {
    if ('admin' in section) return principal.role === 'admin'
    const shown = 'enterprise' in section ? section.enterprise : false
    return firm ? shown !== false : shown !== 'only'
  })
  return (
    <nav aria-label={text.menu} className="ways">
      <Link to="/" className="brand" onClick={onChoose}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        {text.product}
      </Link>
      <ul>
        {open.map(({ path, name, icon }) => (
          <li key={path}>
            <NavLink to={path} onClick={onChoose}>
              {icon}
              {text.ways[name]}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Account({ principal }: { principal: Principal }) {
  const { text } = useText()
  const signOut = useSignOut()
  return (
    <div className="account">
      <Link
        to="/account"
        className="account-name"
        title={`${text.account.own.title} · ${text.roles[principal.role]}`}
      >
        {principal.name}
      </Link>
      <Button type="text" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {text.signOut}
      </Button>
    </div>
  )
}
