import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type Supplier, useChange, useSuppliers } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { EditButton } from './EditButton.tsx'
import { EvidenceList } from './EvidenceList.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'
import { RemoveButton } from './RemoveButton.tsx'

/** Suppliers, and below them the proofs of origin they gave. */
export function SupplierList({ firm }: { firm: string }) {
  const { text } = useText()
  const labels = text.portal.suppliers
  const suppliers = useSuppliers(firm)
  const [editing, edit] = useState<Supplier | 'new' | null>(null)
  return (
    <>
      <Section
        title={labels.supplier}
        extra={
          <Button type="primary" onClick={() => edit('new')}>
            {labels.add}
          </Button>
        }
      >
        <Loaded query={suppliers} rows={4}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title={labels.none} next={labels.noneNext} />
            ) : (
              <ScrollingTable label={labels.supplier}>
                <thead>
                  <tr>
                    <th scope="col">{labels.name}</th>
                    <th scope="col">{labels.country}</th>
                    <th scope="col">{text.portal.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((supplier) => (
                    <tr key={supplier.id}>
                      <th scope="row">{supplier.name}</th>
                      <td>{supplier.country}</td>
                      <td>
                        <div className="portal-actions">
                          <EditButton name={supplier.name} onClick={() => edit(supplier)} />
                          <RemoveButton
                            path={`/enterprises/${firm}/suppliers/${supplier.id}`}
                            name={supplier.name}
                          />
                        </div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </ScrollingTable>
            )
          }
        </Loaded>
      </Section>
      {suppliers.data && suppliers.data.data.length > 0 && (
        <EvidenceList firm={firm} suppliers={suppliers.data.data} />
      )}
      {editing && (
        <SupplierForm firm={firm} supplier={editing === 'new' ? null : editing} onClose={() => edit(null)} />
      )}
    </>
  )
}

function SupplierForm(props: { firm: string; supplier: Supplier | null; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.suppliers
  const { firm, supplier, onClose } = props
  const change = useChange()
  const needed = useNeeded()
  return (
    <FormDialog<{ name: string; country: string }>
      title={supplier ? labels.change : labels.add}
      initial={supplier ?? { country: 'CN' }}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ name, country }) =>
        change.mutate(
          {
            method: supplier ? 'PUT' : 'POST',
            path: `/enterprises/${firm}/suppliers${supplier ? `/${supplier.id}` : ''}`,
            body: { name: name.trim(), country },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item name="name" label={labels.name} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="country" label={labels.country} rules={needed}>
        <CountrySelect />
      </Form.Item>
    </FormDialog>
  )
}
