import { Button } from 'antd'
import { type OwnSession, useEndSessions, useOwnSessions } from '../../api-account.ts'
import { dayAndTime } from '../../format.ts'
import { useText } from '../../language.tsx'
import { Loaded } from '../Loaded.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { Section } from '../Section.tsx'

/** Where one is signed in, and an end to everywhere else. */
export function OwnSessions() {
  const labels = useText().text.account.own.sessions
  const sessions = useOwnSessions()
  return (
    <Section title={labels.title}>
      <Loaded query={sessions} rows={3}>
        {({ data }) => <SessionList sessions={data} />}
      </Loaded>
    </Section>
  )
}

function SessionList({ sessions }: { sessions: OwnSession[] }) {
  const labels = useText().text.account.own.sessions
  const end = useEndSessions()
  const others = sessions.filter(({ current }) => !current).map(({ id }) => id)
  return (
    <>
      <ul className="account-sessions gap-below">
        {sessions.map(({ id, createdAt, expiresAt, current }) => (
          <li key={id}>
            {labels.since(dayAndTime(createdAt), dayAndTime(expiresAt))}
            {current && <strong>{labels.current}</strong>}
          </li>
        ))}
      </ul>
      {end.error && <ProblemNotice error={end.error} />}
      {others.length > 0 && (
        <Button loading={end.isPending} onClick={() => end.mutate(others)}>
          {labels.endOthers(others.length)}
        </Button>
      )}
    </>
  )
}
