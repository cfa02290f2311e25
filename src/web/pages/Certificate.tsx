import { Button } from 'antd'
import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import { useCountries } from '../api.ts'
import { useBillAdvice } from '../api-preference.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { caseOf, isAskable } from '../components/origin/draft.ts'
import { useDraft } from '../components/origin/use-draft.ts'
import { useJourney } from '../components/origin/use-journey.ts'
import { PageHead } from '../components/PageHead.tsx'
import { CertificateForm } from '../components/preference/CertificateForm.tsx'
import { useText } from '../language.tsx'
import '../styles/preference.css'

/** What goes into each box of the certificate for the bill being worked on, to fill in and print on A4. */
export function Certificate() {
  // Today is that of the service.
  return <Loaded query={useCountries()}>{({ meta }) => <Sheet today={meta.asOf} />}</Loaded>
}

function Sheet({ today }: { today: string }) {
  const { language, text } = useText()
  const goTo = useNavigate()
  const [draft] = useDraft(today)
  const [journey] = useJourney()
  const bill = useMemo(() => (isAskable(draft) ? caseOf(draft) : null), [draft])
  const advised = useBillAdvice(bill, journey, language)
  const labels = text.preference.certificate
  if (!bill)
    return (
      <>
        <PageHead title={labels.title} />
        <EmptyState title={labels.none} next={<Link to="/origin">{labels.toEditor}</Link>} />
        <p className="muted">{labels.noneNext}</p>
      </>
    )
  return (
    <>
      <PageHead
        title={labels.title}
        tools={
          <>
            <Button className="no-print" onClick={() => goTo('/origin')}>
              {labels.back}
            </Button>
            <Button className="no-print" type="primary" onClick={() => window.print()}>
              {labels.print}
            </Button>
          </>
        }
      />
      <Loaded query={advised} rows={12}>
        {({ data }) => <CertificateForm advice={data} description={String(bill.good.description ?? '')} />}
      </Loaded>
    </>
  )
}
