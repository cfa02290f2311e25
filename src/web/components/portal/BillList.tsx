import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Bill, useBills, useProducts } from '../../api-portal.ts'
import { day } from '../../format.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { draftIn } from '../origin/draft.ts'
import { keepDraft } from '../origin/use-draft.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { Section } from '../Section.tsx'
import { BillUpload } from './BillUpload.tsx'
import { EditButton } from './EditButton.tsx'
import { RemoveButton } from './RemoveButton.tsx'

/** Bills of materials that were kept; each opens in the origin editor, and new ones come from the template. */
export function BillList({ firm }: { firm: string }) {
  const { text } = useText()
  const labels = text.portal.bills
  const bills = useBills(firm)
  const products = useProducts(firm)
  const [uploading, upload] = useState<Bill | 'new' | null>(null)
  const productName = (id: number | null) =>
    products.data?.data.find((product) => product.id === id)?.name ?? labels.noProduct
  return (
    <Section
      title={text.portal.products.tabs.bills}
      extra={
        <>
          <a href="/api/v1/bom-template?format=xlsx" download="bom-template.xlsx">
            {`${labels.template} .xlsx`}
          </a>
          <a href="/api/v1/bom-template" download="bom-template.csv">
            .csv
          </a>
          <Button type="primary" onClick={() => upload('new')}>
            {labels.upload}
          </Button>
        </>
      }
    >
      <Loaded query={bills} rows={6}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={labels.none} next={labels.noneNext} />
          ) : (
            <ScrollingTable label={text.portal.products.tabs.bills}>
              <thead>
                <tr>
                  <th scope="col">{labels.name}</th>
                  <th scope="col">{labels.product}</th>
                  <th scope="col">{labels.good}</th>
                  <th scope="col">{labels.importer}</th>
                  <th scope="col" className="number">
                    {labels.lines}
                  </th>
                  <th scope="col">{text.portal.updated}</th>
                  <th scope="col">{text.portal.actions}</th>
                </tr>
              </thead>
              <tbody>
                {data.map((bill) => (
                  <Row
                    key={bill.id}
                    firm={firm}
                    bill={bill}
                    product={productName(bill.productId)}
                    onReplace={() => upload(bill)}
                  />
                ))}
              </tbody>
            </ScrollingTable>
          )
        }
      </Loaded>
      {uploading && (
        <BillUpload firm={firm} bill={uploading === 'new' ? null : uploading} onClose={() => upload(null)} />
      )}
    </Section>
  )
}

function Row(props: { firm: string; bill: Bill; product: string; onReplace: () => void }) {
  const { text } = useText()
  const navigate = useNavigate()
  const { firm, bill, product, onReplace } = props
  const draft = draftIn(JSON.stringify(bill.document))
  return (
    <tr>
      <th scope="row">{bill.name}</th>
      <td>{product}</td>
      <td>{draft?.good.hs ?? '—'}</td>
      <td>{draft?.importer ?? '—'}</td>
      <td className="number">{draft?.materials.length ?? '—'}</td>
      <td className="nowrap">{day(bill.updatedAt)}</td>
      <td>
        <div className="portal-actions">
          <Button
            size="small"
            disabled={draft === null}
            aria-label={`${text.portal.bills.open}${text.colon}${bill.name}`}
            onClick={() => {
              if (!draft) return
              keepDraft(draft)
              void navigate('/origin')
            }}
          >
            {text.portal.bills.open}
          </Button>
          <EditButton name={bill.name} onClick={onReplace} />
          <RemoveButton path={`/enterprises/${firm}/boms/${bill.id}`} name={bill.name} />
        </div>
      </td>
    </tr>
  )
}
