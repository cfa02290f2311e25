import { useEffect, useId, useState } from 'react'
import type { Advice } from '../../api.ts'
import { useText } from '../../language.tsx'

type Box = Advice['certificate']['boxes'][number]

const key = 'tradewind.certificate'
const ofCustoms = 5
/** Beside the FOB value, which is known, stands the quantity, which is not. */
const ofQuantity = 12
const ofIssuer = 16
const ofTicks = 17

/** Form RCEP as a sheet: what the engine knows is there, the rest is typed in and stays on this computer. */
export function CertificateForm({ advice, description }: { advice: Advice; description: string }) {
  const { text } = useText()
  const [typed, type] = useTyped()
  const labels = text.preference.certificate
  const { certificate, origin } = advice
  return (
    <article className="form-sheet" aria-label={labels.title}>
      <p className="form-draft">
        {labels.draft}
        {origin?.verdict !== 'pass' && ` ${labels.notQualified}`}
      </p>
      {origin?.verdict === 'pass' && origin.missing.length > 0 && (
        <div className="form-draft">
          {labels.conditional}
          <ul className="lines">
            {origin.missing.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <h2>{labels.form}</h2>
      <div className="form-boxes">
        {certificate.boxes.map((box) => (
          <section key={box.box} className={`form-box box-${box.box}`} aria-label={labels.box(box.box)}>
            <h3>{`${box.box}. ${box.title}`}</h3>
            <Content
              box={box}
              typed={typed[box.box] ?? (box.box === 8 ? description : '')}
              onType={(content) => type({ ...typed, [box.box]: content })}
            />
            {box.box !== ofCustoms && box.box !== ofIssuer && <p className="form-rule">{box.rule}</p>}
          </section>
        ))}
      </div>
    </article>
  )
}

interface Filling {
  box: Box
  typed: string
  onType: (content: string) => void
}

function Content({ box, typed, onType }: Filling) {
  const { text } = useText()
  const labels = text.preference.certificate
  if (box.box === ofCustoms) return <p className="muted">{labels.customs}</p>
  if (box.box === ofIssuer) return <p className="muted">{labels.issuer}</p>
  if (box.box === ofTicks) return <Ticks box={box} typed={typed} onType={onType} />
  return (
    <>
      {box.content !== null && <p className="form-content">{box.content}</p>}
      {(box.content === null || box.box === ofQuantity) && <Entry box={box} typed={typed} onType={onType} />}
    </>
  )
}

function Entry({ box, typed, onType }: Filling) {
  const { text } = useText()
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {`${box.title} ${text.preference.certificate.fill}`}
      </label>
      <textarea
        id={id}
        className="form-entry"
        rows={2}
        value={typed}
        placeholder={box.options.join(' / ')}
        onChange={({ target }) => onType(target.value)}
      />
    </>
  )
}

/** The three ticks of box 17; those that follow from the question are set at first. */
function Ticks({ box, typed, onType }: Filling) {
  const { text } = useText()
  const chosen = typed === '' ? box.options : typed.split('|').filter((one) => one !== noTick)
  const toggle = (tick: string, isOn: boolean) => {
    const left = chosen.filter((one) => one !== tick)
    onType((isOn ? [...left, tick] : left).join('|') || noTick)
  }
  return (
    <div className="form-ticks">
      {text.preference.certificate.ticks.map((tick) => (
        <label key={tick}>
          <input
            type="checkbox"
            checked={chosen.includes(tick)}
            onChange={({ target }) => toggle(tick, target.checked)}
          />
          {tick}
        </label>
      ))}
    </div>
  )
}

const noTick = '-'

function useTyped(): [Record<string, string>, (typed: Record<string, string>) => void] {
  const [typed, type] = useState(() => typedIn(localStorage.getItem(key) ?? ''))
  useEffect(() => localStorage.setItem(key, JSON.stringify(typed)), [typed])
  return [typed, type]
}

function typedIn(content: string): Record<string, string> {
  try {
    const found: unknown = JSON.parse(content)
    if (typeof found !== 'object' || found === null) return {}
    return Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'string'))
  } catch {
    return {}
  }
}
