import { Checkbox, InputNumber, Segmented, Select } from 'antd'
import type { Wanted } from '../../api-alerts.ts'
import { useText } from '../../language.tsx'
import { FieldGroup, LabelledField } from './fields.tsx'

const severities = ['critical', 'warning', 'info'] as const
const topics = ['fall', 'surge', 'friction', 'band'] as const

/** What someone gets unless something else is said. */
export const usualWanted: Wanted = {
  language: 'zh',
  severities: [...severities],
  topics: [],
  remindAfterDays: 30,
  active: true,
  escalations: false,
  districts: [],
  namesEnterprises: true,
}

/** The part of a subscription that says what is wanted. */
export function wantedIn(subscription: Wanted): Wanted {
  const { language, severities: graves, topics: about, remindAfterDays, active } = subscription
  const { escalations, districts, namesEnterprises } = subscription
  return {
    language,
    severities: graves,
    topics: about,
    remindAfterDays,
    active,
    escalations,
    districts,
    namesEnterprises,
  }
}

/** What to be mailed of; a firm's mails are of that firm, so it chooses neither districts nor names. */
export function WantedFields(props: {
  wanted: Wanted
  ofFirm: boolean
  onChange: (changes: Partial<Wanted>) => void
}) {
  const { wanted, ofFirm, onChange } = props
  const { text } = useText()
  const labels = text.alerts.subscription
  return (
    <>
      <div className="choices">
        <FieldGroup label={labels.language}>
          <Segmented
            aria-label={labels.language}
            value={wanted.language}
            onChange={(language) => onChange({ language })}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: labels.languages[value] }))}
          />
        </FieldGroup>
        <FieldGroup label={labels.severities}>
          <Checkbox.Group
            value={wanted.severities}
            onChange={(values) =>
              onChange({ severities: severities.filter((each) => values.includes(each)) })
            }
            options={severities.map((value) => ({ value, label: text.warnings.severities[value] }))}
          />
        </FieldGroup>
        <FieldGroup label={labels.topics}>
          <Checkbox.Group
            value={wanted.topics}
            onChange={(values) => onChange({ topics: topics.filter((each) => values.includes(each)) })}
            options={topics.map((value) => ({ value, label: text.alerts.topics[value] }))}
          />
        </FieldGroup>
        {!ofFirm && (
          <LabelledField label={labels.districts} help={labels.districtsHelp}>
            {(id) => (
              <Select
                id={id}
                mode="tags"
                open={false}
                suffixIcon={null}
                value={wanted.districts}
                onChange={(districts: string[]) => onChange({ districts })}
              />
            )}
          </LabelledField>
        )}
        <LabelledField label={labels.remind}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={366}
              precision={0}
              value={wanted.remindAfterDays}
              onChange={(value) => onChange({ remindAfterDays: value ?? usualWanted.remindAfterDays })}
            />
          )}
        </LabelledField>
      </div>
      {!ofFirm && (
        <div className="choices">
          <Checkbox
            checked={wanted.namesEnterprises}
            onChange={({ target }) => onChange({ namesEnterprises: target.checked })}
          >
            {labels.names}
          </Checkbox>
          <Checkbox
            checked={wanted.escalations}
            onChange={({ target }) => onChange({ escalations: target.checked })}
          >
            {labels.escalations}
          </Checkbox>
        </div>
      )}
    </>
  )
}
