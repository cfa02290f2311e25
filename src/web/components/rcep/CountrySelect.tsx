import { Select } from 'antd'
import { useCountries } from '../../api.ts'
import { useText } from '../../language.tsx'
import { nameOf } from '../../names.ts'

/** A country by its name or code, or with `parties` one of RCEP. A Form.Item hands value and onChange to it. */
export function CountrySelect(props: {
  id?: string
  value?: string | undefined
  onChange?: (code: string) => void
  parties?: boolean
  placeholder?: string
  allowClear?: boolean
  status?: 'error' | ''
}) {
  const { language } = useText()
  const { data } = useCountries()
  const { parties = false, ...field } = props
  const countries = data?.data.filter(
    ({ iso2, groups }) => iso2 !== null && (!parties || groups.includes('RCEP')),
  )
  const options = countries?.map((country) => ({
    value: country.iso2 ?? '',
    label: `${nameOf({ ...country, code: country.partner }, language)} ${country.iso2}`,
  }))
  return (
    <Select
      {...field}
      value={props.value || null}
      showSearch={{ optionFilterProp: 'label' }}
      options={options ?? []}
      loading={!data}
    />
  )
}
