import type { Advice } from '../../api.ts'
import { missing } from '../../format.ts'
import { useText } from '../../language.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'

/** What goes into each box of the certificate, as far as the answer knows it. */
export function CertificateSheet({ boxes }: { boxes: Advice['certificate']['boxes'] }) {
  const { text } = useText()
  const labels = text.rcep.sheet
  return (
    <Section title={labels.title}>
      <details>
        <summary>{labels.open}</summary>
        <ScrollingTable label={labels.title}>
          <thead>
            <tr>
              <th scope="col">{labels.box}</th>
              <th scope="col">{labels.content}</th>
              <th scope="col">{labels.rule}</th>
              <th scope="col">{labels.cite}</th>
            </tr>
          </thead>
          <tbody>
            {boxes.map((box) => (
              <tr key={box.box}>
                <th scope="row">{`${box.box}. ${box.title}`}</th>
                <td>{box.content ?? (box.options.length > 0 ? labels.oneOf(box.options) : missing)}</td>
                <td>{box.rule}</td>
                <td className="source">{box.cite}</td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      </details>
    </Section>
  )
}
