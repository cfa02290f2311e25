import { OwnSessions } from '../components/account/OwnSessions.tsx'
import { SecondFactor } from '../components/account/SecondFactor.tsx'
import { Tokens } from '../components/account/Tokens.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { useText } from '../language.tsx'
import { useSession } from '../session.ts'
import '../styles/account.css'

/** Who one is here, what protects the sign-in, and where one is signed in; to administrators the tokens of programs too. */
export function Account() {
  const { text } = useText()
  const labels = text.account.own
  const { data: principal } = useSession()
  if (!principal) return null
  const { name, role, enterpriseId } = principal
  return (
    <>
      <PageHead title={labels.title} />
      <dl className="facts gap-below">
        <dt>{labels.name}</dt>
        <dd>{name}</dd>
        <dt>{labels.role}</dt>
        <dd>{text.roles[role]}</dd>
        {enterpriseId && (
          <>
            <dt>{text.account.fields.enterpriseId}</dt>
            <dd>{enterpriseId}</dd>
          </>
        )}
      </dl>
      <SecondFactor />
      <OwnSessions />
      {role === 'admin' && <Tokens />}
    </>
  )
}
