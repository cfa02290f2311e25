import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Evidence, type Supplier, useChange, useEvidence } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'
import { Mark } from './Mark.tsx'
import { RemoveButton } from './RemoveButton.tsx'

const soonDays = 30

/** Proofs of origin, those that end first on top; what is over or nearly so is said above the table. */
export function EvidenceList({ firm, suppliers }: { firm: string; suppliers: Supplier[] }) {
  const { text } = useText()
  const labels = text.portal.suppliers
  const evidence = useEvidence(firm)
  const [editing, edit] = useState<Evidence | 'new' | null>(null)
  return (
    <Section
      title={labels.evidence}
      extra={
        <Button type="primary" onClick={() => edit('new')}>
          {labels.addEvidence}
        </Button>
      }
    >
      <Loaded query={evidence} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.noEvidence} next={labels.noneNext} />
          ) : (
            <>
              <Ending evidence={data} />
              <ScrollingTable label={labels.evidence}>
                <thead>
                  <tr>
                    <th scope="col">{labels.state}</th>
                    <th scope="col">{labels.supplier}</th>
                    <th scope="col">{text.portal.products.hs}</th>
                    <th scope="col">{labels.party}</th>
                    <th scope="col">{labels.kind}</th>
                    <th scope="col">{labels.number}</th>
                    <th scope="col">{labels.from}</th>
                    <th scope="col">{labels.to}</th>
                    <th scope="col">{text.portal.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((one) => (
                    <Row key={one.id} firm={firm} evidence={one} onRenew={() => edit(one)} />
                  ))}
                </tbody>
              </ScrollingTable>
            </>
          )
        }
      </Loaded>
      {editing && (
        <EvidenceForm
          firm={firm}
          suppliers={suppliers}
          evidence={editing === 'new' ? null : editing}
          onClose={() => edit(null)}
        />
      )}
    </Section>
  )
}

function Ending({ evidence }: { evidence: Evidence[] }) {
  const { text } = useText()
  const expired = evidence.filter(({ state }) => state === 'expired').length
  const soon = evidence.filter(isEndingSoon).length
  if (expired + soon === 0) return null
  return <p className="note">{text.portal.suppliers.answer(expired, soon)}</p>
}

function isEndingSoon({ state, daysLeft }: Evidence): boolean {
  return state === 'valid' && daysLeft <= soonDays
}

function Row({ firm, evidence, onRenew }: { firm: string; evidence: Evidence; onRenew: () => void }) {
  const { text } = useText()
  const labels = text.portal.suppliers
  const soon = isEndingSoon(evidence)
  return (
    <tr>
      <td>
        <Mark state={soon ? 'soon' : evidence.state}>
          {soon ? labels.ends(evidence.daysLeft) : labels.states[evidence.state]}
        </Mark>
      </td>
      <th scope="row">{evidence.supplier}</th>
      <td>{evidence.hs}</td>
      <td>{evidence.party}</td>
      <td>{labels.kinds[evidence.kind] ?? evidence.kind}</td>
      <td className="breakable">{evidence.number}</td>
      <td className="nowrap">{evidence.validFrom}</td>
      <td className="nowrap">{evidence.validTo}</td>
      <td>
        <div className="portal-actions">
          <Button
            size="small"
            onClick={onRenew}
            aria-label={`${labels.renew}${text.colon}${evidence.number}`}
          >
            {labels.renew}
          </Button>
          <RemoveButton path={`/enterprises/${firm}/evidence/${evidence.id}`} name={evidence.number} />
        </div>
      </td>
    </tr>
  )
}

type Typed = Pick<Evidence, 'supplierId' | 'hs' | 'party' | 'kind' | 'number' | 'validFrom' | 'validTo'>

function EvidenceForm(props: {
  firm: string
  suppliers: Supplier[]
  evidence: Evidence | null
  onClose: () => void
}) {
  const { text } = useText()
  const labels = text.portal.suppliers
  const { firm, suppliers, evidence, onClose } = props
  const change = useChange()
  const needed = useNeeded()
  return (
    <FormDialog<Typed>
      title={evidence ? `${labels.renew}${text.colon}${evidence.number}` : labels.addEvidence}
      initial={evidence ?? { kind: 'certificate' }}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ supplierId, hs, party, kind, number, validFrom, validTo }) =>
        change.mutate(
          {
            method: evidence ? 'PUT' : 'POST',
            path: `/enterprises/${firm}/evidence${evidence ? `/${evidence.id}` : ''}`,
            body: { supplierId, hs: codeIn(hs), party, kind, number: number.trim(), validFrom, validTo },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item
        name="supplierId"
        label={labels.supplier}
        rules={[{ required: true, message: text.portal.needed }]}
      >
        <Select options={suppliers.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="hs" label={text.portal.products.hs} rules={needed}>
        <ProductPicker />
      </Form.Item>
      <Form.Item name="party" label={labels.party} rules={needed}>
        <CountrySelect parties />
      </Form.Item>
      <Form.Item name="kind" label={labels.kind} rules={needed}>
        <Select options={Object.entries(labels.kinds).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="number" label={labels.number} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <div className="portal-pair">
        <Form.Item name="validFrom" label={labels.from} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="validTo" label={labels.to} rules={needed}>
          <Input type="date" />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
