import { day, month } from '../format.ts'
import { useText } from '../language.tsx'
import { useCityData, useRevisedMonths } from '../vintage.ts'

/** "Data to October 2026, loaded on the 18th of November": what every figure of the page rests on. */
export function DataVintage() {
  const { language, text } = useText()
  const { loaded, last, vintage } = useCityData()
  const revised = useRevisedMonths(null)
  if (!loaded) return null
  return (
    <span>
      {last === '' ? text.noData : text.dataVintage(month(last, language), day(vintage), revised.length)}
    </span>
  )
}
