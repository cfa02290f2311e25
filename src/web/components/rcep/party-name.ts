import { useCountries } from '../../api.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'

/** Names a Party by its code in the reader's language. */
export function usePartyName(): (code: string) => string {
  const { language } = useText()
  const { data } = useCountries()
  return (code) => {
    const country = data?.data.find(({ iso2 }) => iso2 === code)
    return nameOf({ ...country, code }, language)
  }
}
