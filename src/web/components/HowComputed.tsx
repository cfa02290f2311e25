import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { Fragment, useState } from 'react'
import { count } from '../format.ts'
import { useText } from '../language.tsx'

/** How a figure came about: the formula's name in the texts, what was asked, and the reply's own account of it. */
export interface Computation {
  of: string
  /** Further formulas, in words. */
  says?: readonly string[]
  formulas: ('ytd' | 'ytdYoy' | 'yoy' | 'balance' | 'share' | 'pull' | 'month')[]
  url: string
  filters: Record<string, string>
  rows: number
  vintage: string
}

/** A button beside a figure that opens its formula, filters, rows and vintage, and the query itself. */
export function HowComputed({ computation }: { computation: Computation }) {
  const { text } = useText()
  const [open, setOpen] = useState(false)
  const { of, formulas, says = [], url, filters, rows, vintage } = computation
  return (
    <>
      <Button
        type="text"
        size="small"
        className="how"
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-label={`${text.how.open}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {text.how.open}
      </Button>
      <Drawer title={`${text.how.title}: ${of}`} open={open} onClose={() => setOpen(false)} size={440}>
        <h3>{text.how.formula}</h3>
        <ul className="lines">
          {formulas.map((formula) => (
            <li key={formula}>{text.how.formulas[formula]}</li>
          ))}
          {says.map((formula) => (
            <li key={formula}>{formula}</li>
          ))}
        </ul>
        <h3>{text.how.basis}</h3>
        <dl className="facts gap-below">
          {Object.entries(filters).map(([name, value]) => (
            <Fragment key={name}>
              <dt>{text.how.filters[name] ?? name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
          <dt>{text.how.rows}</dt>
          <dd>{count(rows)}</dd>
          <dt>{text.how.vintage}</dt>
          <dd>{vintage}</dd>
        </dl>
        <h3>{text.how.query}</h3>
        <p>
          <a href={url} target="_blank" rel="noreferrer" className="breakable">
            {url}
          </a>
        </p>
      </Drawer>
    </>
  )
}
