import { Board } from '../components/alerts/Board.tsx'
import { MySubscription } from '../components/alerts/MySubscription.tsx'
import { Recipients } from '../components/alerts/Recipients.tsx'
import { Silences } from '../components/alerts/Silences.tsx'
import { useSession } from '../session.ts'
import '../styles/alerts.css'
import { useChoice } from '../use-choice.ts'

/** Warnings, what is silenced, who is mailed what, and what one is mailed oneself; an enterprise has its subscription here. */
export function Warnings() {
  const [tab] = useChoice('tab', ['board', 'silences', 'recipients', 'subscription'])
  const { data: principal } = useSession()
  if (tab === 'subscription' || principal?.role === 'enterprise') return <MySubscription />
  if (tab === 'recipients') return <Recipients />
  return tab === 'silences' ? <Silences /> : <Board />
}
