import { Segmented } from 'antd'
import { PageHead } from '../components/PageHead.tsx'
import { BillList } from '../components/portal/BillList.tsx'
import { OfFirm } from '../components/portal/OfFirm.tsx'
import { ProductList } from '../components/portal/ProductList.tsx'
import { SupplierList } from '../components/portal/SupplierList.tsx'
import { useText } from '../language.tsx'
import '../styles/portal.css'
import { useChoice } from '../use-choice.ts'

const tabs = ['products', 'bills', 'suppliers'] as const
const lists = { products: ProductList, bills: BillList, suppliers: SupplierList }

/** What we make, of what, and who proves where that comes from. */
export function MyProducts() {
  const { text } = useText()
  return <OfFirm title={text.portal.products.title}>{(firm) => <Lists firm={firm} />}</OfFirm>
}

function Lists({ firm }: { firm: string }) {
  const { text } = useText()
  const labels = text.portal.products
  const [tab, setTab] = useChoice('tab', tabs)
  const List = lists[tab]
  return (
    <>
      <PageHead
        title={labels.title}
        tools={
          <Segmented
            aria-label={labels.tabs.name}
            value={tab}
            onChange={setTab}
            options={tabs.map((value) => ({ value, label: labels.tabs[value] }))}
          />
        }
      />
      <List firm={firm} />
    </>
  )
}
