import { Alert, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useCountries } from '../../api.ts'
import { type Bill, type BillTable, useBillTable, useChange, useProducts } from '../../api-portal.ts'
import { useText } from '../../language.tsx'
import { emptyDraft } from '../origin/draft.ts'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { CountrySelect } from '../rcep/CountrySelect.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { currencies } from '../rcep/QuestionForm.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { FilePick } from './FilePick.tsx'
import { FormDialog, useNeeded } from './FormDialog.tsx'

interface Typed {
  name: string
  productId: number | null
  hs: string
  fob: string
  currency: string
  importer: string
}

/** A filled-in template: read, checked cell by cell, then kept under a name with what it is a bill of. */
export function BillUpload(props: { firm: string; bill: Bill | null; onClose: () => void }) {
  const { text } = useText()
  const labels = text.portal.bills
  const { firm, bill, onClose } = props
  const table = useBillTable()
  const change = useChange()
  const products = useProducts(firm)
  const today = useCountries().data?.meta.asOf ?? ''
  const needed = useNeeded()
  const [missing, setMissing] = useState(false)
  const read = table.data?.data
  const ready = read && read.errors.length === 0 && read.materials.length > 0
  return (
    <FormDialog<Typed>
      title={bill ? labels.change(bill.name) : labels.upload}
      action={labels.keep}
      initial={initialOf(bill)}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={(typed) => {
        setMissing(!ready)
        if (!ready) return
        const path = `/enterprises/${firm}/boms${bill ? `/${bill.id}` : ''}`
        const body = bodyOf(typed, { materials: read.materials, document: bill?.document, today })
        change.mutate({ method: bill ? 'PUT' : 'POST', path, body }, { onSuccess: onClose })
      }}
    >
      <div className="portal-file">
        <FilePick
          label={labels.choose}
          accept=".xlsx,.csv"
          busy={table.isPending}
          onPick={(file) => {
            setMissing(false)
            table.mutate(file)
          }}
        />
        {missing && <p className="bad">{labels.choose}</p>}
        {table.error && <ProblemNotice error={table.error} />}
        {read && <Reading table={read} />}
      </div>
      <Form.Item name="name" label={labels.name} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="productId" label={labels.product}>
        <Select
          allowClear
          options={(products.data?.data ?? []).map(({ id, name, code }) => ({
            value: id,
            label: `${code} ${name}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="hs" label={labels.good} rules={needed}>
        <ProductPicker />
      </Form.Item>
      <Price />
    </FormDialog>
  )
}

/** What the good costs, and where it goes. */
function Price() {
  const { text } = useText()
  const labels = text.portal.bills
  const needed = useNeeded()
  return (
    <>
      <div className="portal-pair">
        <Form.Item name="fob" label={labels.fob} rules={needed}>
          <Input inputMode="decimal" maxLength={30} />
        </Form.Item>
        <Form.Item name="currency" label={text.currency} rules={needed}>
          <Select options={currencies.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <Form.Item name="importer" label={labels.importer} rules={needed}>
        <CountrySelect parties />
      </Form.Item>
    </>
  )
}

function Reading({ table }: { table: BillTable }) {
  const { text } = useText()
  const labels = text.portal.bills
  if (table.errors.length === 0)
    return <Alert type="success" showIcon role="status" title={labels.read(table.materials.length)} />
  return (
    <>
      <Alert type="error" showIcon role="alert" title={labels.wrong(table.errors.length)} />
      <ScrollingTable label={labels.upload}>
        <thead>
          <tr>
            <th scope="col">{labels.cell}</th>
            <th scope="col">{labels.column}</th>
            <th scope="col">{labels.value}</th>
            <th scope="col">{labels.allowed}</th>
          </tr>
        </thead>
        <tbody>
          {table.errors.slice(0, 100).map((error) => (
            <tr key={`${error.cell}-${error.column}-${error.allowed}`}>
              <th scope="row">{error.cell || error.row}</th>
              <td>{error.column}</td>
              <td className="breakable">{error.value || text.problem.empty}</td>
              <td>{(error.row > 1 && labels.rules[error.column]) || error.allowed}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

function initialOf(bill: Bill | null): Partial<Typed> {
  if (!bill) return { currency: 'USD', importer: 'JP' }
  const { good, importer } = bill.document as { good?: Partial<Typed>; importer?: string }
  return {
    name: bill.name,
    productId: bill.productId,
    hs: good?.hs ?? '',
    fob: good?.fob ?? '',
    currency: good?.currency ?? 'USD',
    importer: importer ?? 'JP',
  }
}

/** The bill as it is kept: what the document had besides the form's fields stays. */
function bodyOf(
  typed: Typed,
  known: { materials: object[]; document: Record<string, unknown> | undefined; today: string },
): object {
  const base = { ...emptyDraft(known.today), ...known.document }
  const good = { ...base.good, hs: codeIn(typed.hs), fob: typed.fob.trim(), currency: typed.currency }
  return {
    name: typed.name.trim(),
    productId: typed.productId ?? null,
    document: { ...base, good, importer: typed.importer, materials: known.materials },
  }
}
