import { Button, Popconfirm } from 'antd'
import { type BouncedAddress, useForgive } from '../../api-alerts.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'

/** That mail to a person came back, since when and why; from here it is sent again. */
export function Bounced({ address, at, status, diagnostic }: BouncedAddress) {
  const { text } = useText()
  const labels = text.admin.people
  const forgive = useForgive()
  return (
    <div className="admin-bounced">
      <span>{labels.bounced(day(at))}</span>
      <span className="muted">{` ${diagnostic || status}`}</span>
      <Popconfirm
        title={labels.writeAgainAsk(address)}
        description={labels.writeAgainEffect}
        okText={labels.writeAgain}
        cancelText={text.admin.cancel}
        onConfirm={() => forgive.mutateAsync(address).catch(() => {})}
      >
        <Button
          type="link"
          size="small"
          loading={forgive.isPending}
          aria-label={`${labels.writeAgain} ${address}`}
        >
          {labels.writeAgain}
        </Button>
      </Popconfirm>
      {forgive.error && <ProblemNotice error={forgive.error} />}
    </div>
  )
}
