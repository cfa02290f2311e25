import type { Advice } from '../../api.ts'
import { useText } from '../../language.tsx'

/** The reasoning, each step with the provision it rests on, and with `named` what it is about. */
export function Steps({ steps, named = false }: { steps: Advice['steps']; named?: boolean }) {
  const { text } = useText()
  return (
    <ol className="steps">
      {steps.map((step) => {
        const state = step.passed === null ? 'open' : step.passed ? 'passed' : 'failed'
        return (
          <li key={`${step.rule} ${step.detail}`} className={state}>
            <span className="step-state">{text.rcep.steps[state]}</span>
            <span>
              {named && <strong>{step.rule + text.colon}</strong>}
              {step.detail} <cite>{step.cite}</cite>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
