import { Button, Form, Input, Segmented } from 'antd'
import type { Flow } from '../../api.ts'
import { rateTableAddress, type TableQuestion, useRateTable } from '../../api-preference.ts'
import { useText } from '../../language.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Loaded } from '../Loaded.tsx'
import { codeIn, ProductPicker } from '../rcep/ProductPicker.tsx'
import { Section } from '../Section.tsx'
import { PartyYears } from './PartyYears.tsx'

/** One product at every Party: found by name or code, then Parties by years. */
export function ProductTable(props: { question: TableQuestion; onAsk: (question: TableQuestion) => void }) {
  const { language, text } = useText()
  const { question, onAsk } = props
  const labels = text.preference
  const table = useRateTable(question, language)
  return (
    <>
      <Form<TableQuestion>
        key={JSON.stringify(question)}
        className="question no-print"
        layout="vertical"
        requiredMark={false}
        initialValues={question}
        onFinish={(asked) => onAsk({ ...asked, hs: codeIn(asked.hs) })}
      >
        <Form.Item
          name="hs"
          label={text.rcep.form.product}
          className="wide"
          rules={[
            {
              validator: (_, typed: string) =>
                codeIn(typed) ? Promise.resolve() : Promise.reject(text.rcep.form.productNeeded),
            },
          ]}
        >
          <ProductPicker />
        </Form.Item>
        <Form.Item name="flow" label={labels.flow}>
          <Segmented<Flow>
            options={(['export', 'import'] as const).map((value) => ({ value, label: labels.flows[value] }))}
          />
        </Form.Item>
        <Form.Item
          name="on"
          label={text.rcep.form.on}
          rules={[{ required: true, message: text.rcep.form.onNeeded }]}
        >
          <Input type="date" min="2020-01-01" max="2060-12-31" />
        </Form.Item>
        <Form.Item label=" ">
          <Button type="primary" htmlType="submit" loading={table.isFetching}>
            {text.rcep.form.ask}
          </Button>
        </Form.Item>
      </Form>
      {question.hs === '' ? (
        <EmptyState title={text.rcep.start} next={text.rcep.startNext} />
      ) : (
        <Loaded query={table} rows={12}>
          {({ data, meta }) => {
            const known = data.rows.filter(({ years }) => years.length > 0)
            const free = known.filter(({ best }) => best !== null && isFree(best.rate))
            return (
              <Section
                title={labels.table.answer(data.product.hs, free.length, known.length)}
                extra={
                  <a
                    className="no-print"
                    href={`${rateTableAddress(question, language)}&format=xlsx`}
                    download
                  >
                    {labels.download}
                  </a>
                }
              >
                <PartyYears rows={data.rows} hs={data.product.hs} flow={question.flow} on={meta.on} />
              </Section>
            )
          }}
        </Loaded>
      )}
    </>
  )
}

function isFree(rate: string): boolean {
  return rate.split(' / ').every((one) => /^(0(\.0+)?%?|free|無税)$/i.test(one))
}
