import { growth, sign } from '../format.ts'
import { useText } from '../language.tsx'

/** Which direction is good news for the reader; the sign of the figure says the direction itself. */
export type GoodWhen = 'up' | 'neither'

/** A growth rate with its sign, coloured by whether it is good news. */
export function Change({ value, goodWhen = 'neither' }: { value: number | null; goodWhen?: GoodWhen }) {
  const { text } = useText()
  const direction = sign(value)
  const tone = goodWhen === 'up' && direction !== 0 ? (direction > 0 ? 'good' : 'bad') : undefined
  return (
    <span className={tone} title={value === null ? text.noComparison : undefined}>
      {growth(value)}
    </span>
  )
}
