import { useText } from '../../language.tsx'
import { Section } from '../Section.tsx'

/** What to do or to look to, each with the day by which and the article. */
export function Points(props: {
  title: string
  points: { code: string; text: string; cite: string; by?: string | null }[]
}) {
  const { text } = useText()
  return (
    <Section title={props.title}>
      <ul className="lines">
        {props.points.map(({ code, text: sentence, cite, by }) => (
          <li key={`${code} ${sentence}`}>
            {by && <strong className="nowrap">{text.rcep.by(by)} </strong>}
            {sentence} <cite>{cite}</cite>
          </li>
        ))}
      </ul>
    </Section>
  )
}
