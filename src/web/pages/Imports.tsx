import '../styles/wizard.css'
import { ImportHistory } from '../components/imports/ImportHistory.tsx'
import { ImportWizard } from '../components/imports/ImportWizard.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { useText } from '../language.tsx'

/** Files in: dropped, looked at, stored; and what was stored before, by whom, with a way back. */
export function Imports() {
  const { text } = useText()
  return (
    <>
      <PageHead title={text.ways.imports} />
      <ImportWizard />
      <ImportHistory />
    </>
  )
}
