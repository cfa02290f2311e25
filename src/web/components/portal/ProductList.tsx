import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Product, useChange, useProducts } from '../../api-portal.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { EditButton } from './EditButton.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'
import { OriginButton } from './OriginButton.tsx'
import { RemoveButton } from './RemoveButton.tsx'

/** A firm's products under its own codes, each with the ways to its rates and its origin. */
export function ProductList({ firm }: { firm: string }) {
  const { text } = useText()
  const labels = text.portal.products
  const products = useProducts(firm)
  const [editing, edit] = useState<Product | 'new' | null>(null)
  return (
    <Section
      title={labels.tabs.products}
      extra={
        <>
          <Link to={`/matrix?enterprise=${firm}`}>{labels.matrix}</Link>
          <Button type="primary" onClick={() => edit('new')}>
            {labels.add}
          </Button>
        </>
      }
    >
      <Loaded query={products} rows={6}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.none} next={labels.noneNext} />
          ) : (
            <ScrollingTable label={labels.tabs.products}>
              <thead>
                <tr>
                  <th scope="col">{labels.code}</th>
                  <th scope="col">{labels.name}</th>
                  <th scope="col">{labels.hs}</th>
                  <th scope="col">{text.portal.updated}</th>
                  <th scope="col">{text.portal.actions}</th>
                </tr>
              </thead>
              <tbody>
                {data.map((product) => (
                  <tr key={product.id}>
                    <td>{product.code}</td>
                    <th scope="row">{product.name}</th>
                    <td>{product.hs}</td>
                    <td className="nowrap">{day(product.updatedAt)}</td>
                    <td>
                      <div className="portal-actions">
                        <Link to={`/rcep?hs=${product.hs.slice(0, 8)}`}>{labels.advice}</Link>
                        <OriginButton hs={product.hs} name={product.name} />
                        <EditButton name={product.name} onClick={() => edit(product)} />
                        <RemoveButton
                          path={`/enterprises/${firm}/products/${product.id}`}
                          name={product.name}
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
      {editing && (
        <ProductForm firm={firm} product={editing === 'new' ? null : editing} onClose={() => edit(null)} />
      )}
    </Section>
  )
}

interface Typed {
  code: string
  name: string
  hs: string
}

function ProductForm(props: { firm: string; product: Product | null; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.products
  const { firm, product, onClose } = props
  const change = useChange()
  const needed = useNeeded()
  return (
    <FormDialog<Typed>
      title={product ? labels.change : labels.add}
      initial={product ?? {}}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ code, name, hs }) =>
        change.mutate(
          {
            method: product ? 'PUT' : 'POST',
            path: `/enterprises/${firm}/products${product ? `/${product.id}` : ''}`,
            body: { code: code.trim(), name: name.trim(), hs: codeIn(hs) },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item name="code" label={labels.code} extra={labels.codeHelp} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="name" label={labels.name} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="hs"
        label={labels.hs}
        rules={[
          {
            required: true,
            message: labels.hsNeeded,
            validator: (_rule, typed: string | undefined) =>
              [6, 8, 10].includes(codeIn(typed ?? '').length)
                ? Promise.resolve()
                : Promise.reject(new Error(labels.hsNeeded)),
          },
        ]}
      >
        <ProductPicker />
      </Form.Item>
    </FormDialog>
  )
}
