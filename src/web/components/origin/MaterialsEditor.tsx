import { Button, Input, Select } from 'antd'
import { useText } from '../../language.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { ProductPicker } from '../rcep/ProductPicker.tsx'
import {
  type Draft,
  type DraftMaterial,
  enteredMaterials,
  originStatuses,
  roles,
  withNewMaterial,
} from './draft.ts'
import { Field, type FieldProblem } from './Field.tsx'

/** The lines of the bill, each with its code, value, origin and evidence; rows are added and removed. */
export function MaterialsEditor(props: {
  draft: Draft
  problem: FieldProblem | null
  onChange: (draft: Draft) => void
}) {
  const { text } = useText()
  const { draft, problem, onChange } = props
  // The service counts the lines it was sent.
  const sent = enteredMaterials(draft)
  const replace = (at: number, changed: DraftMaterial) =>
    onChange({ ...draft, materials: draft.materials.with(at, changed) })
  return (
    <>
      <ol className="bill">
        {draft.materials.map((material, at) => (
          <MaterialRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a line's id may be edited, its place may not
            key={at}
            material={material}
            path={`materials.${sent.indexOf(material)}`}
            problem={problem}
            onChange={(changed) => replace(at, changed)}
            onRemove={() => onChange({ ...draft, materials: draft.materials.toSpliced(at, 1) })}
          />
        ))}
      </ol>
      <Button className="no-print" onClick={() => onChange(withNewMaterial(draft))}>
        {text.origin.materials.add}
      </Button>
    </>
  )
}

interface RowEditing {
  material: DraftMaterial
  path: string
  problem: FieldProblem | null
  onChange: (material: DraftMaterial) => void
}

function MaterialRow(props: RowEditing & { onRemove: () => void }) {
  const { text } = useText()
  const { material, path, problem, onChange } = props
  const labels = text.origin.materials
  const entry = (name: 'id' | 'value' | 'weightKg', label: string) => (
    <Field label={label} path={`${path}.${name}`} problem={problem}>
      {(field) => (
        <Input
          {...field}
          {...(name !== 'id' && { inputMode: 'decimal' as const })}
          value={material[name] ?? ''}
          onChange={({ target }) => onChange({ ...material, [name]: target.value })}
        />
      )}
    </Field>
  )
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid everywhere */}
      <div role="group" aria-label={labels.of(material.id)} className="entries">
        {entry('id', labels.id)}
        <Field label={labels.hs} path={`${path}.hs`} problem={problem} className="wide">
          {(field) => (
            <ProductPicker
              {...field}
              value={material.hs}
              onChange={(hs) => onChange({ ...material, hs: hs ?? '' })}
            />
          )}
        </Field>
        {entry('value', text.value)}
        {entry('weightKg', labels.weight)}
        <OriginFields material={material} path={path} problem={problem} onChange={onChange} />
        <Field label={labels.role} path={`${path}.role`} problem={problem}>
          {(field) => (
            <Select
              {...field}
              value={material.role ?? 'material'}
              onChange={(role) => onChange({ ...material, role })}
              options={roles.map((value) => ({ value, label: labels.roles[value] }))}
            />
          )}
        </Field>
        <div className="entry-end no-print">
          <Button onClick={props.onRemove} aria-label={labels.removeOf(material.id)}>
            {labels.remove}
          </Button>
        </div>
      </div>
      {material.materials !== undefined && material.materials.length > 0 && (
        <p className="muted">{labels.subBill(material.materials.length)}</p>
      )}
    </li>
  )
}

/** Where a material comes from: the Party it originates in, or the country it was bought from. */
function OriginFields({ material, path, problem, onChange }: RowEditing) {
  const { text } = useText()
  const labels = text.origin.materials
  const origin = material.origin ?? { status: 'unknown' as const }
  const place = origin.status === 'originating' ? 'party' : 'country'
  const { party: _party, country: _country, ...withoutPlace } = origin
  return (
    <>
      <Field label={labels.status} path={`${path}.origin.status`} problem={problem}>
        {(field) => (
          <Select
            {...field}
            value={origin.status}
            // A country of purchase is no Party of origin: which it is has to be said anew.
            onChange={(status) => onChange({ ...material, origin: { ...withoutPlace, status } })}
            options={originStatuses.map((value) => ({ value, label: labels.statuses[value] }))}
          />
        )}
      </Field>
      {origin.status !== 'unknown' && (
        <Field label={labels[place]} path={`${path}.origin.${place}`} problem={problem}>
          {(field) => (
            <CountrySelect
              {...field}
              parties={place === 'party'}
              value={origin[place]}
              onChange={(code) => onChange({ ...material, origin: { ...withoutPlace, [place]: code } })}
            />
          )}
        </Field>
      )}
      <Field label={labels.evidence} path={`${path}.origin.evidence`} problem={problem} className="wide">
        {(field) => (
          <Input
            {...field}
            value={origin.evidence ?? ''}
            maxLength={1000}
            onChange={({ target }) =>
              onChange({ ...material, origin: { ...origin, evidence: target.value } })
            }
          />
        )}
      </Field>
    </>
  )
}
