import { NavLink, useLocation } from 'react-router'
import { useText } from '../../language.tsx'

const tabs = [
  { name: 'board', to: '/warnings' },
  { name: 'rules', to: '/warnings/rules' },
  { name: 'silences', to: '/warnings?tab=silences' },
  { name: 'remedies', to: '/warnings/remedies' },
  { name: 'recipients', to: '/warnings?tab=recipients' },
  { name: 'subscription', to: '/warnings?tab=subscription' },
] as const

/** The pages about warnings, side by side. */
export function AlertTabs() {
  const { text } = useText()
  const { pathname, search } = useLocation()
  const tab = new URLSearchParams(search).get('tab')
  const here = pathname === '/warnings' ? `/warnings${tab ? `?tab=${tab}` : ''}` : pathname
  return (
    <nav aria-label={text.alerts.tabs.name} className="tabs no-print">
      {tabs.map(({ name, to }) => (
        <NavLink
          key={name}
          to={to}
          className={here === to ? 'here' : ''}
          aria-current={here === to ? 'page' : false}
        >
          {text.alerts.tabs[name]}
        </NavLink>
      ))}
    </nav>
  )
}
