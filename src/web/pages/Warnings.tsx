import { Board } from '../components/alerts/Board.tsx'
import { MySubscription } from '../components/alerts/MySubscription.tsx'
import { Silences } from '../components/alerts/Silences.tsx'
import { useSession } from '../session.ts'
import '../styles/alerts.css'
import { useChoice } from '../use-choice.ts'

/** Warnings, what is silenced, and what one is mailed; an enterprise has its subscription here. */
export function Warnings() {
  const [tab] = useChoice('tab', ['board', 'silences', 'subscription'])
  const { data: principal } = useSession()
  if (tab === 'subscription' || principal?.role === 'enterprise') return <MySubscription />
  return tab === 'silences' ? <Silences /> : <Board />
}
